// What `npm test` and `npm run check` are made of: steps that all run, with a summary of those that failed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The steps that need no browser. */
export const types = ['tsc', '--noEmit', '--project', '.'];
export const style = ['biome', 'check', '--error-on-warnings', '.'];

/** Runs every step, a title and its command each; ends the process if one failed, after saying how to run it alone. */
export function runSteps(steps) {
  const failed = Object.entries(steps).filter(([title, command]) => !passes(title, command));
  if (failed.length === 0) return;
  console.log('\nFailed, and how to run it alone:');
  for (const [title, [command, ...args]] of failed)
    console.log(
      `  ${title}: npx ${[command, ...args.filter((one) => !/reporter|output/.test(one))].join(' ')}`,
    );
  process.exit(1);
}

function passes(title, [command, ...args]) {
  console.log(`\n── ${title}`);
  const begin = performance.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  console.log(`── ${title}: ${status === 0 ? 'good' : 'FAILED'}, ${seconds} s`);
  return status === 0;
}
