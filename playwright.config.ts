import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './tools/browser.mjs';

const executablePath = await findBrowser();
const port = Number(process.env.E2E_PORT ?? 4173);

/** Journeys in a real Chromium over the production build; `npx vite build` comes first. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // A journey mostly waits for one thread of the page: two share the cores well, more would share the same two.
  workers: 2,
  // These end what hangs, and nothing else: the machine may be busy with other work.
  timeout: 600_000,
  expect: { timeout: 300_000 },
  // What breaks this many breaks all: the rest would only wait for the same.
  maxFailures: 5,
  // A press that a busy machine loses is no fault of the page; what fails twice is, and what passes at the second try is named as flaky.
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  use: {
    baseURL: `http://localhost:${port}`,
    // hosted.spec.ts is about them; elsewhere each visit would store the whole site anew.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: browserArguments },
  },
  webServer: { command: `npx vite preview --port ${port} --strictPort`, port, reuseExistingServer: false },
});
