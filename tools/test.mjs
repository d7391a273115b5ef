// `npm test`: installs what is missing, then checks types and style and runs all tests; stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}test-results/reports`;

install();
const { findOrInstallBrowser } = await import('./browser.mjs');
process.env.CHROMIUM_PATH = await findOrInstallBrowser();
console.log(`Chromium: ${process.env.CHROMIUM_PATH}`);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const vitest = (project) => [
  ...['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'],
  `--outputFile.json=${reports}/${project}.json`,
];
step('types', ['tsc', '--noEmit', '--project', '.']);
step('style and import rules', ['biome', 'check', '--error-on-warnings', '.']);
step('unit tests, parity and kernels in Node', vitest('node'));
step('parity and kernels in Chromium', vitest('browser'));
step('the page is built', ['vite', 'build', '--logLevel', 'warn']);
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = `${reports}/e2e.json`;
step('journeys over the built page', ['playwright', 'test', '--reporter=list,json']);

const counts = ['node', 'browser'].map((name) => report(name).numPassedTests);
console.log(`${counts.reduce((a, b) => a + b) + report('e2e').stats.expected} passed, 0 failed`);

function report(name) {
  return JSON.parse(readFileSync(`${reports}/${name}.json`, 'utf8'));
}

function step(title, [command, ...args]) {
  console.log(`\n── ${title}`);
  const begin = performance.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  console.log(
    `── ${title}: ${status === 0 ? 'good' : 'FAILED'}, ${((performance.now() - begin) / 1000).toFixed(0)} s`,
  );
  if (status !== 0) process.exit(status ?? 1);
}
