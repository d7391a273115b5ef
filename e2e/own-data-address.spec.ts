import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DataServer } from './dataServer';
import { OwnData } from './ownData';

let server: DataServer;
test.beforeAll(async () => {
  server = await DataServer.start();
});
test.afterAll(() => server.stop());

async function openAddresses(page: Page): Promise<OwnData> {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  await own.dialog.getByRole('tab', { name: 'Address' }).click();
  return own;
}

async function fetchAt(own: OwnData, ...addresses: string[]): Promise<void> {
  await own.dialog.getByRole('textbox', { name: /^Addresses/ }).fill(addresses.join('\n'));
  await own.dialog.getByRole('button', { name: 'Fetch' }).click();
}

test('images and labels at two addresses become a data set with classes; the server learns nothing', async ({
  page,
}) => {
  const own = await openAddresses(page);
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await own.dialog.getByRole('button', { name: /^MNIST, 60,000/ }).click();
  await expect(own.dialog.getByRole('textbox', { name: /^Addresses/ })).toHaveValue(
    /train-images-idx3-ubyte\.gz\s.*train-labels-idx1-ubyte\.gz$/,
  );
  await fetchAt(
    own,
    `${server.address}/train-images-idx3-ubyte.gz`,
    `${server.address}/train-labels-idx1-ubyte.gz`,
  );
  await expect(own.dialog.getByText('40 images')).toBeVisible();
  await expect(own.dialog.getByRole('listitem')).toHaveText([/^0 10/, /^1 10/, /^2 10/, /^3 10/]);
  for (const { headers } of server.asked) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
  }
  const before = server.asked.length;
  await own.dialog.getByRole('tab', { name: 'Files' }).click();
  await own.dropLink(`${server.address}/moved.gz`);
  const field = own.dialog.getByRole('textbox', { name: /^Addresses/ });
  await expect(field, 'a link is filled in').toHaveValue(`${server.address}/moved.gz`);
  expect(server.asked.length, 'but not fetched').toBe(before);
  await own.dialog.getByRole('button', { name: 'Fetch' }).click();
  await expect(own.dialog.getByText('80 images'), 'a redirection is followed').toBeVisible();
  await own.dialog.getByLabel('Name', { exact: true }).fill('Stripes');
  await own.save();
  await expect(own.card('Stripes')).toContainText('80 · 12×12 grey');
  expect(own.playground.problems).toEqual([]);
});

test('a Parquet file of the Hugging Face Hub comes by its address, with the names of its classes', async ({
  page,
}) => {
  const own = await openAddresses(page);
  await fetchAt(own, `${server.address}/train-00000-of-00001.parquet`);
  await expect(own.dialog.getByText('6 images', { exact: true })).toBeVisible();
  await expect(own.dialog.getByRole('list', { name: 'Classes' }).getByRole('listitem')).toHaveText([
    /^ant 2/,
    /^bee 2/,
    /^dog 2/,
  ]);
  expect(own.playground.problems).toEqual([]);
});

test('what does not come is said with what to do, and what was collected stays', async ({ page }) => {
  const own = await openAddresses(page);
  await fetchAt(own, `${server.address}/train-images-idx3-ubyte.gz`);
  await expect(own.dialog.getByText('40 images')).toBeVisible();
  const alert = own.dialog.getByRole('alert');
  const at = (path: string) => `${server.address}/${path}`;
  const wrong: [string, RegExp][] = [
    ['ftp://example.org/a.zip', /would come by ftp; it may come by https only/],
    ['http://example.org/a.zip', /would come by http; it may come by https only/],
    [at('none.zip'), /answers 404 instead of the file\. Check the address/],
    [at('page.zip'), /answers with a web page instead of the file.*address of the download itself/],
    [
      at('not-allowed.zip'),
      /does not allow other pages to read its files \(CORS.*download it and drop it here/,
    ],
    [at('astray.zip'), /sends the request on to an address that this page may not read/],
    [at('large.zip'), /has more than 512 MB/],
    [at('cut.zip'), /broke off after 20 KB\. Try again/],
    ['http://localhost:1/a.zip', /did not answer/],
  ];
  for (const [address, message] of wrong) {
    await fetchAt(own, address);
    await expect(alert, address).toHaveText(message);
    await expect(own.dialog.getByText('40 images')).toBeVisible();
    await expect(own.dialog.getByRole('textbox', { name: /^Addresses/ })).toHaveValue(address);
  }

  // With others, nothing of them is added; those that came are not asked for again.
  const labels = at('train-labels-idx1-ubyte.gz');
  await fetchAt(own, at('train-images-idx3-ubyte.gz'), labels, at('none.zip'));
  await expect(alert).toHaveText(/none\.zip: .*404.*\sNothing was added/);
  const before = server.asked.length;
  await fetchAt(own, at('train-images-idx3-ubyte.gz'), labels);
  await expect(own.dialog.getByText('80 images')).toBeVisible();
  expect(server.asked.length).toBe(before);

  // Without an end, until it is cancelled.
  await fetchAt(own, at('endless.zip'));
  await expect(own.dialog.getByRole('status').filter({ hasText: /Fetching [\d.]+ (KB|MB)/ })).toBeVisible();
  await own.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(own.dialog.getByText(/^Fetching/)).toHaveCount(0);
  await expect(own.dialog.getByText('80 images')).toBeVisible();
  await expect(own.dialog.getByRole('button', { name: 'Save and use it' })).toBeEnabled();
});
