import { runCommandLine } from './commandLine';
import { reasonOf } from './files';

/** A pipe that nobody reads any more, or a terminal that was closed. */
const GONE = ['EPIPE', 'EIO'];

// A command goes on without those who no longer listen: a run of training still saves.
process.stderr.on('error', () => {});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (GONE.includes(error.code ?? '')) return;
  process.exitCode = 1;
  process.stderr.write(`ddpm: The output cannot be written: ${reasonOf(error)}.\n`);
});

const code = await runCommandLine(process.argv.slice(2), process);
if (code !== 0) process.exitCode = code;
