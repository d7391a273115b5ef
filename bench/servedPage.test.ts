import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { servePage } from './servedPage';

test('the page is built outside of the project and served; its service worker knows the worker of that build', async () => {
  const page = await servePage();
  try {
    const [script, serviceWorker] = await Promise.all(
      [page.worker, `${page.origin}/service-worker.js`].map(async (address) => {
        const response = await fetch(address);
        expect(response.headers.get('content-type'), address).toContain('javascript');
        return response.text();
      }),
    );
    expect(script?.length).toBeGreaterThan(100_000);
    expect(serviceWorker).toContain(basename(page.worker));
  } finally {
    await page.close();
  }
});
