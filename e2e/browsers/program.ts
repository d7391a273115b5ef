import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** The first of these files that exists. */
export function firstFile(paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((path) => path && existsSync(path));
}

/** Starts a program without output. The function ends it and all that it has started. */
export function start(path: string, args: readonly string[], environment = process.env): () => Promise<void> {
  // With a group of its own.
  const program = spawn(path, args, { stdio: 'ignore', detached: true, env: environment });
  const ended = once(program, 'exit');
  return async () => {
    if (program.pid !== undefined && program.exitCode === null) process.kill(-program.pid);
    await ended;
  };
}
