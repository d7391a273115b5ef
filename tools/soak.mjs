// `npm run soak -- --minutes 60 --seed 1`: builds the page, and has a visitor use it at random for that long, with faults injected.
import { parseArgs } from 'node:util';
import { freePort } from './freePort.mjs';
import { install } from './install.mjs';
import { runSteps } from './steps.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const minutes = numberOf('--minutes', values.minutes);
const seed = numberOf('--seed', values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));

install();
const { findOrInstallBrowser } = await import('./browser.mjs');
process.env.CHROMIUM_PATH = await findOrInstallBrowser();
process.env.E2E_PORT ??= String(await freePort());
process.env.SOAK_MINUTES = String(minutes);
process.env.SOAK_SEED = String(seed);

runSteps({
  'the page is built': ['vite', 'build', '--logLevel', 'warn'],
  [`${minutes} minutes of use, seed ${seed}`]: [
    ...['playwright', 'test', 'e2e/soak', '--retries=0', '--reporter=list'],
  ],
});

function numberOf(option, text) {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === '')
    throw new Error(`${option} must be a number of at least 0, not '${text}'.`);
  return value;
}
