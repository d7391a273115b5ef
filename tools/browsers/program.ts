import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The first of these files that exists. */
export function firstFile(paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((path) => path && existsSync(path));
}

export interface Program {
  /** Waits for what it does first. Throws where it ends before that. */
  until(done: () => Promise<boolean>): Promise<void>;
  /** Ends it and all that it has started. */
  stop(): Promise<void>;
}

/** Starts a program without output. It ends with this process at the latest. */
export function start(path: string, args: readonly string[], environment = process.env): Program {
  // With a group of its own.
  const program = spawn(path, args, { stdio: 'ignore', detached: true, env: environment });
  const ended = once(program, 'exit');
  const end = () => {
    if (program.pid !== undefined && program.exitCode === null && program.signalCode === null)
      process.kill(-program.pid);
  };
  process.once('exit', end);
  return {
    until: async (done) => {
      while (!(await done())) {
        if (program.exitCode !== null) throw new Error(`${path} has ended with ${program.exitCode}.`);
        await wait(100);
      }
    },
    stop: async () => {
      end();
      await ended;
      process.off('exit', end);
    },
  };
}
