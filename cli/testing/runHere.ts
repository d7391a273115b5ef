import { runCommandLine } from '../commandLine';
import type { Outcome } from './runCli';

/** Runs a command line in this process, which saves the start of another. */
export async function runHere(...args: string[]): Promise<Outcome & { code: number }> {
  const written = { stdout: '', stderr: '' };
  const writer = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await runCommandLine(args, { stdout: writer('stdout'), stderr: writer('stderr') });
  return { code, ...written };
}

/** The same with options by name, on one thread. */
export function runWith(command: string, named: Record<string, string | number>) {
  const args = Object.entries(named).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return runHere(command, ...args, '--threads', '1');
}
