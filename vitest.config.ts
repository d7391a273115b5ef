import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser, softwareWebgpuArguments } from './tools/browser.mjs';
import { isolationHeaders } from './vite.config.ts';

const executablePath = await findBrowser();

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          // Most of these wait for one thread; by default vitest leaves one of two cores idle.
          maxWorkers: '100%',
          include: ['{src,cli,bench,tools,scale-out}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          // Ends what hangs, and nothing else: some train, and the machine may be busy with other work.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        server: { headers: isolationHeaders },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: [...browserArguments, ...softwareWebgpuArguments],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
