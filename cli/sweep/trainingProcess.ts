import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { plainText } from '../../src/engine/names';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A training in a process of its own. */
export interface TrainingProcess {
  /** Its exit code. */
  ended: Promise<number>;
  /** Passes on the wish to stop: it saves, and ends. */
  interrupt(signal: NodeJS.Signals): void;
}

/** Runs `train` with these arguments in another process, and says each of its lines. */
export function startTraining(args: readonly string[], say: (line: string) => void): TrainingProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'train', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    const text = plainText(line.replace(/^ddpm: /, '').trim());
    if (text !== '') say(text);
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  return { ended, interrupt: (signal) => void child.kill(signal) };
}
