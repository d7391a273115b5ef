import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a command left behind. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line in a process of its own, from the project's folder. */
export function runCli(...args: string[]): Promise<Outcome> {
  return startCli(...args).outcome;
}

/** Starts it, to be watched and interrupted. */
export function startCli(...args: string[]): { process: ChildProcess; outcome: Promise<Outcome> } {
  return startCliWith({}, ...args);
}

/** The same with changes of the environment. */
export function startCliWith(environment: Record<string, string>, ...args: string[]) {
  return start(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], environment);
}

/** Runs it the way that the documentation says. */
export function runNpmScript(...args: string[]): Promise<Outcome> {
  return start('npm', ['run', '--silent', 'ddpm', '--', ...args]).outcome;
}

function start(command: string, args: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, outcome };
}

/** A path in golden/. */
export function golden(name: string): string {
  return join(root, 'golden', name);
}

/** A folder of a test's own; `at` gives paths in it. */
export function temporaryFolder(): { at(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ddpm-'));
  return { at: (name) => join(path, name), remove: () => rmSync(path, { recursive: true }) };
}
