// `npm run mutants -- [--count N] [--seed S] [--all] [FOLDER or FILE…]`: puts one plausible fault after another into a copy of the
// last commit, and says which of them no unit test notices. The tests of the folder are asked, and with `--all` then those of
// whatever imports the file, which takes minutes for a mutant.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '../../src/engine/training/random';
import { type Mutant, mutantsOf } from './operators';

const judged = [
  ...['diffusion', 'training', 'checkpoint', 'data/import', 'quality'].map((part) => `src/engine/${part}`),
  ...['src/worker', 'src/settings'],
];

const { values, positionals } = parseArgs({
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });

git('worktree', 'add', '--detach', copy, 'HEAD');
try {
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('node', ['tools/build-kernels.mjs'], { cwd: copy });
  const survivors = judge(chosen());
  process.exitCode = survivors > 0 ? 1 : 0;
} finally {
  git('worktree', 'remove', '--force', copy);
  rmSync(copy, { recursive: true, force: true });
}

/** `--count` of all mutants, by the seed. */
function chosen(): { file: string; mutant: Mutant }[] {
  const folders = positionals.length > 0 ? positionals : judged;
  const files = git('ls-files', '--', ...folders)
    .split('\n')
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|\/testing\/|\.d\.ts$/.test(name));
  const all = files.flatMap((file) =>
    mutantsOf(readFileSync(join(copy, file), 'utf8')).map((mutant) => ({ file, mutant })),
  );
  const random = new Random(Number(values.seed));
  const order = all.map((one) => ({ one, key: random.uniform() })).sort((a, b) => a.key - b.key);
  return order.slice(0, Number(values.count)).map(({ one }) => one);
}

/** Tells of each mutant whether a test noticed; how many none did. */
function judge(mutants: { file: string; mutant: Mutant }[]): number {
  let survived = 0;
  for (const [i, { file, mutant }] of mutants.entries()) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, mutant.text);
    const killed = fails('run', partOf(file)) || (values.all && fails('related', '--run', file));
    writeFileSync(path, text);
    if (!killed) survived++;
    const what = `${file}:${mutant.line}  ${short(mutant.from)} → ${short(mutant.to)}`;
    process.stdout.write(`${i + 1}/${mutants.length}  ${killed ? 'killed  ' : 'SURVIVED'}  ${what}\n`);
  }
  const share = Math.round((100 * (mutants.length - survived)) / mutants.length);
  process.stdout.write(`\n${mutants.length - survived} of ${mutants.length} killed, ${share} %.\n`);
  return survived;
}

/** The judged folder that a file is in, else its own. */
function partOf(file: string): string {
  return judged.find((part) => file.startsWith(`${part}/`)) ?? dirname(file);
}

/** Whether a test fails; one that hangs fails. */
function fails(...words: string[]): boolean {
  const options = ['--project', 'node', '--bail', '1', '--passWithNoTests', '--reporter', 'dot'];
  const { status } = spawnSync('npx', ['vitest', ...words, ...options], {
    cwd: copy,
    stdio: 'ignore',
    timeout: 600_000,
    killSignal: 'SIGKILL',
  });
  return status !== 0;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
