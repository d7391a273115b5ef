import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './tools/browser.mjs';

const executablePath = await findBrowser();
const port = Number(process.env.E2E_PORT ?? 4173);

/** Journeys in a real Chromium over the production build; `npx vite build` comes first. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // The engine trains on all cores: two journeys at a time would only share them.
  workers: 1,
  timeout: 300_000,
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
