import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { servePage } from './servedPage';

test('the page is built outside of the project and served, isolated only where that is asked for; its service worker knows the worker of that build', async () => {
  const page = await servePage(false);
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
    const blank = await fetch(page.blank);
    expect(blank.headers.get('content-type')).toContain('text/html');
    expect(blank.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
  } finally {
    await page.close();
  }
});
