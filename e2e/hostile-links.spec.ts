import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { expect, test } from '@playwright/test';
import { tinyModel } from './engine';
import { Playground } from './playground';
import { StaticSite } from './staticSite';

const encoded = (text: string) => Buffer.from(text).toString('base64url');

/** A page with a step taken, and settings that a link must not touch. */
async function withModel(playground: Playground, address = '/'): Promise<void> {
  await playground.open(address);
  await tinyModel(playground, 16);
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  await expect(playground.status, 'saved').toHaveAttribute('data-status', 'paused');
}

test('hostile links: each says why it is not opened; model, settings and prototypes stay as they were', async ({
  page,
}) => {
  const playground = new Playground(page);
  await withModel(playground);
  const html = await readFile('dist/index.html', 'utf8');
  // A service worker answers without a server, which would refuse so long an address.
  await page.route(/\?s=1\.A{100000}/, (route) => route.fulfill({ body: html, contentType: 'text/html' }));
  const links: [what: string, query: string, message: RegExp][] = [
    ['of 1 MB', `1.${'A'.repeat(2 ** 20)}`, /cannot be opened: it is 1,048,578 characters long/],
    ['of the future', `99.${encoded('{}')}`, /made by a newer version of this page\. Reload/],
    ['that is cut', `1.${encoded('{"seed":12')}`, /damaged, perhaps cut off/],
    ['that is no text', '1.gICAgA', /damaged/],
    ['with a value out of range', `1.${encoded('{"training":{"batchSize":1e300}}')}`, /training\.batchSize/],
    ['with a script', `1.${encoded('{"dataset":"<script>alert(1)</script>"}')}`, /its dataset is nothing/],
  ];
  for (const [what, query, message] of links) {
    await page.goto(`/?s=${query}#/`);
    const notice = page.getByRole('region', { name: 'Link', exact: true });
    await expect(notice.getByRole('alert'), `a link ${what}`).toHaveText(message);
    await playground.ready();
    await expect.poll(() => playground.step(), { message: `a link ${what}` }).toBe(1);
    await expect(playground.field('Batch')).toHaveValue('16');
  }
  const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"seed":7}';
  await page.goto(`/?s=1.${encoded(polluting)}#/`);
  await playground.ready();
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect(playground.field('Batch')).toHaveValue('16');
  expect(playground.problems).toEqual([]);
});

test('?model= by any scheme but https is refused by its address, and nothing is asked of anybody', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const notice = page.getByRole('region', { name: 'Model of the link' });
  for (const address of [
    'http://models.example.org/m.safetensors',
    'data:application/octet-stream,hello',
    'blob:https://models.example.org/1',
    'javascript:alert(document.domain)',
    'file:///etc/passwd',
    'ftp://models.example.org/m',
    'https://user:secret@models.example.org/m',
    'https://',
  ]) {
    await page.goto(`/?model=${encodeURIComponent(address)}`);
    await expect(notice.getByRole('alert')).toContainText(`“${address}”`);
    await expect(notice.getByRole('alert')).toContainText(/by https only|holds a password|is no address/);
    await expect(notice.getByRole('button', { name: 'Load it' })).toHaveCount(0);
  }
  const { origin } = new URL(page.url());
  expect(asked.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url))).toEqual([]);
  expect(asked.filter((url) => url.startsWith('data:application/octet-stream'))).toEqual([]);
});

const octets = { 'Content-Type': 'application/octet-stream' };

/** What a server may answer in place of a model, and what the page says of it. */
const answers: Record<string, [answer: (response: ServerResponse) => unknown, message: RegExp]> = {
  'page.safetensors': [
    (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Log in'),
    /answers with a web page instead of the file/,
  ],
  'page-without-a-type.safetensors': [
    (response) => response.writeHead(200, octets).end('<html><p>Log in'),
    /answers with a web page instead of the file/,
  ],
  'text.safetensors': [
    (response) => response.writeHead(200, octets).end('this is text, no model at all'),
    /“text\.safetensors” cannot be opened: The file says that its header takes/,
  ],
  'empty.safetensors': [
    (response) => response.writeHead(200, octets).end(),
    /“empty\.safetensors” cannot be opened: The file is too short/,
  ],
  'none.safetensors': [(response) => response.writeHead(404).end(), /answers 404 instead of the file/],
  'redirect.safetensors': [
    (response) => response.writeHead(302, { Location: 'http://localhost:1/m.safetensors' }).end(),
    /sends the request on to an address that this page may not read/,
  ],
  'huge.safetensors': [
    (response) => response.writeHead(200, { ...octets, 'Content-Length': 5e12 }).write('a'),
    /has more than 5\d\d(\.\d)? MB: no model of this page is that large/,
  ],
  'broken.safetensors': [
    (response) => {
      response.writeHead(200, { ...octets, 'Content-Length': 1e6 }).write(Buffer.alloc(2e5));
      setTimeout(() => response.destroy(), 100);
    },
    /The connection to localhost:\d+ broke off/,
  ],
  'endless.safetensors': [
    (response) => {
      response.writeHead(200, octets);
      const piece = Buffer.alloc(2 ** 20);
      const more = () => {
        if (!response.destroyed) response.write(piece, more);
      };
      more();
    },
    /has more than 5\d\d(\.\d)? MB: no model of this page is that large/,
  ],
};

test('?model= that brings anything but a model says what came instead, and a training under way goes on', async ({
  page,
}) => {
  const site = await StaticSite.start(
    '/',
    Object.fromEntries(Object.entries(answers).map(([name, [answer]]) => [name, answer])),
  );
  const playground = new Playground(page);
  await withModel(playground, site.address);
  const notice = page.getByRole('region', { name: 'Model of the link' });
  for (const [name, [, message]] of Object.entries(answers)) {
    await page.goto(`${site.address}?model=${name}`);
    await playground.ready();
    await playground.type('Training steps', '100000');
    await playground.startButton.click();
    await expect(playground.status).toHaveAttribute('data-status', 'training');
    await notice.getByRole('button', { name: 'Load it' }).click();
    await expect(notice.getByRole('alert'), name).toContainText(message);
    const step = await playground.step();
    await expect.poll(() => playground.step(), { message: `${name}: trains on` }).toBeGreaterThan(step);
    await playground.pause();
  }
  await site.stop();
});

test('?model= to a server that does not let other pages read says so', async ({ page }) => {
  const playground = new Playground(page);
  const address = 'https://models.example.org/m.safetensors';
  await page.route(address, (route) =>
    route.fulfill({ body: 'x', headers: { 'Access-Control-Allow-Origin': 'https://somebody.example' } }),
  );
  await withModel(playground);
  await page.goto(`/?model=${encodeURIComponent(address)}`);
  await playground.ready();
  const notice = page.getByRole('region', { name: 'Model of the link' });
  await notice.getByRole('button', { name: 'Load it' }).click();
  await expect(notice.getByRole('alert')).toContainText(
    'models.example.org did not answer, or does not allow other pages to read its files (CORS',
  );
  await expect.poll(() => playground.step()).toBe(1);
});
