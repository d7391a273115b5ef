// `npm test`: installs what is missing, then checks types and style and runs all tests, and says at the end what failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { freePort } from './freePort.mjs';
import { install } from './install.mjs';
import { root, runSteps, style, types } from './steps.mjs';

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
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = `${reports}/e2e.json`;
// Another may be in use by `npm start`.
process.env.E2E_PORT ??= String(await freePort());

runSteps({
  types,
  'style and import rules': style,
  'unit tests, parity and kernels in Node': vitest('node'),
  'parity and kernels in Chromium': vitest('browser'),
  'the page is built': ['vite', 'build', '--logLevel', 'warn'],
  'journeys over the built page': ['playwright', 'test', '--reporter=list,json'],
});
const counts = ['node', 'browser'].map((name) => report(name).numPassedTests);
const journeys = report('e2e');
for (const reason of new Set(reasonsToSkip(journeys))) console.log(`skipped: ${reason}`);
console.log(`${counts.reduce((a, b) => a + b) + journeys.stats.expected} passed, 0 failed`);

function report(name) {
  return JSON.parse(readFileSync(`${reports}/${name}.json`, 'utf8'));
}

/** Why journeys were skipped, as they say it: a browser that is not installed, say. */
function reasonsToSkip({ suites = [], specs = [] }) {
  const annotations = specs.flatMap(({ tests }) => tests.flatMap((test) => test.annotations));
  const reasons = annotations.filter(({ type }) => type === 'skip').map(({ description }) => description);
  return [...reasons, ...suites.flatMap(reasonsToSkip)];
}
