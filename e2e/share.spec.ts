import { type Browser, type BrowserContext, expect, test } from '@playwright/test';
import '../src/app/compose';
import { linkBase } from '../src/store/share/sharedState';
import { linkTo } from '../src/store/share/shareLink';
import { digestOf, Playground } from './playground';

const base = linkBase();

const contexts: BrowserContext[] = [];
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

test('a copied link shows someone else the same images, settings and t, and leaves theirs alone', async ({
  page,
  browser,
  baseURL,
}) => {
  const sender = new Playground(page);
  await sender.open();
  await drawn(sender);
  await sampleWith(sender, { Steps: '12', Images: '4', Seed: '77' });
  await sender.forward.getByRole('slider', { name: /steps of noise/i }).press('PageUp');
  const t = await timeOf(sender);
  const sent = await imagesOf(sender);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(400);
  await page.close();

  const receiver = await visitor(browser, baseURL);
  await receiver.open();
  await drawn(receiver);
  await receiver.type('Batch', '16');
  await receiver.open(link);
  const { sample, train, page: opened } = receiver;
  await drawn(receiver);
  expect(await imagesOf(receiver), 'the same backend: the same bits').toEqual(sent);
  await expect(sample.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('77');
  await expect(sample.getByRole('spinbutton', { name: 'Steps' })).toHaveValue('12');
  expect(await timeOf(receiver)).toBe(t);
  await expect(receiver.field('Batch')).toHaveValue('64');

  await receiver.type('Batch', '128');
  await opened.goto('/');
  await receiver.ready();
  await expect(receiver.field('Batch'), 'without the link all is as it was').toHaveValue('16');
  await receiver.open(link);
  await opened.getByRole('button', { name: 'Back to mine' }).click();
  await expect(receiver.field('Batch')).toHaveValue('16');
  expect(new URL(opened.url()).search).toBe('');
  await receiver.open(link);
  await opened.getByRole('button', { name: 'Keep these instead' }).click();
  await opened.reload();
  await receiver.ready();
  await expect(train.getByRole('spinbutton', { name: /^Batch/ })).toHaveValue('64');
  expect(receiver.problems).toEqual([]);
});

test('the images of an arrival can be shared before anything is chosen', async ({
  page,
  browser,
  baseURL,
}) => {
  const sender = new Playground(page);
  await sender.open();
  await drawn(sender);
  const sent = await imagesOf(sender);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: /^This view/ }).inputValue();
  await page.close();
  const receiver = await visitor(browser, baseURL);
  await receiver.open(link);
  await drawn(receiver);
  expect(await imagesOf(receiver)).toEqual(sent);
});

for (const [what, query, message] of [
  ['damaged', '1.eyJkYXRh', /damaged/],
  ['of the future', '3.e30', /newer version/],
  ['far too long', `1.${'A'.repeat(13_000)}`, /characters long/],
] as const) {
  test(`a link that is ${what} says so; the page opens as it was, and nothing stored changes`, async ({
    page,
  }) => {
    const playground = new Playground(page);
    await playground.open();
    await playground.type('Batch', '16');
    const stored = () => page.evaluate(() => localStorage.getItem('settings'));
    const before = await stored();
    await playground.open(`/?s=${query}#/`);
    const notice = page.getByRole('region', { name: 'Link' });
    await expect(notice.getByRole('alert')).toHaveText(message);
    await expect(playground.field('Batch')).toHaveValue('16');
    expect(await stored()).toBe(before);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    expect(playground.problems).toEqual([]);
  });
}

test('a data set that only the sender has is named, and what the page shows instead', async ({
  page,
  baseURL,
}) => {
  const playground = new Playground(page);
  const dataset = 'own:0123abc' as const;
  await playground.open(linkTo(`${baseURL}/`, { ...base, dataset, title: 'Twenty cats', origin: 'own' }));
  await expect(page.getByRole('region', { name: 'Link' }).getByRole('alert')).toContainText(
    'The data set “Twenty cats” of this link exists only in its sender’s browser',
  );
  await drawn(playground);
});

test('a link to images of a model of one’s own says that they are by another', async ({ page, baseURL }) => {
  const playground = new Playground(page);
  await playground.open(
    linkTo(`${baseURL}/`, { ...base, origin: 'own', sampling: { ...base.sampling, steps: 5 } }),
  );
  await expect(page.getByRole('region', { name: 'Link' })).toContainText('by a model that is not here');
});

test('a lecture page shows one view in a frame, with a way to the whole page', async ({ page, baseURL }) => {
  const playground = new Playground(page);
  await playground.open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#/reverse');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Copy as a frame' }).click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  await page.route('**/lecture', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<h1>Lecture</h1>${code}` }),
  );
  await page.goto(`${baseURL}/lecture`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('region', { name: /reverse step/i }).first()).toBeVisible();
  await expect(frame.getByRole('navigation')).toHaveCount(0);
  await expect(frame.getByRole('banner')).toHaveCount(0);
  const whole = frame.getByRole('link', { name: /Open in the DDPM playground/ });
  const [opened] = await Promise.all([page.waitForEvent('popup'), whole.click()]);
  await expect(opened.getByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(new URL(opened.url()).hash).toBe('#/reverse');
});

const elsewhere = 'https://models.example.org/digits.safetensors';
const allowed = { 'Access-Control-Allow-Origin': '*' };

test('?model= asks, then loads a model from elsewhere with its size, and can be taken back', async ({
  page,
}) => {
  const playground = new Playground(page);
  let asked = 0;
  await page.route(elsewhere, (route) => {
    asked++;
    return route.fulfill({ path: 'dist/models/digits.safetensors', headers: allowed });
  });
  await playground.open();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect(playground.status, 'saved').toHaveAttribute('data-status', 'paused');
  await page.goto(`/?model=${encodeURIComponent(elsewhere)}`);
  const notice = page.getByRole('region', { name: 'Model of the link' });
  await expect(notice).toContainText('models.example.org');
  await expect(playground.badge).toHaveAttribute('data-backend', /.+/);
  await expect.poll(() => playground.step()).toBe(1);
  expect(asked, 'nothing is fetched before the visitor agrees').toBe(0);
  await notice.getByRole('button', { name: 'Load it' }).click();
  await expect(notice.getByRole('status')).toContainText('digits.safetensors');
  // A file of weights alone: its steps are not counted.
  await expect.poll(() => playground.step()).toBe(0);
  await expect(playground.sample.getByText('since it was opened', { exact: false })).toBeVisible();
  await notice.getByRole('button', { name: 'Bring the other back' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  expect(playground.problems).toEqual([]);
});

test('?model= refuses what is no model, and says why', async ({ page }) => {
  const playground = new Playground(page);
  const notice = page.getByRole('region', { name: 'Model of the link' });
  const open = (model: string) => playground.open(`/?model=${encodeURIComponent(model)}`);
  const load = () => notice.getByRole('button', { name: 'Load it' }).click();
  await open('http://models.example.org/m.safetensors');
  await expect(notice.getByRole('alert')).toContainText('by https only');
  await page.route(elsewhere, (route) => route.fulfill({ body: 'a page', headers: allowed }));
  await open(elsewhere);
  await load();
  await expect(notice.getByRole('alert')).toContainText('“digits.safetensors” cannot be opened');
  expect(playground.problems).toEqual([]);
  // To a page, a server that does not allow it is the same as one that does not answer.
  await page.route(elsewhere, (route) => route.abort());
  await open(elsewhere);
  await load();
  await expect(notice.getByRole('alert')).toContainText('does not allow other pages to read its files');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  expect(new URL(page.url()).search).toBe('');
});

async function visitor(browser: Browser, baseURL: string | undefined): Promise<Playground> {
  const context = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  contexts.push(context);
  return new Playground(await context.newPage());
}

async function drawn({ sample }: Playground): Promise<void> {
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
}

async function sampleWith({ sample }: Playground, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await sample.getByRole('spinbutton', { name }).fill(value);
    await sample.getByRole('spinbutton', { name }).press('Enter');
  }
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.locator('.sample')).toHaveAttribute('data-step', fields.Steps as string);
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
}

function imagesOf({ sample }: Playground): Promise<string> {
  return digestOf(sample.locator('.sample-grid').first().locator('canvas'));
}

function timeOf({ forward }: Playground): Promise<string | null> {
  return forward.getByRole('slider', { name: /steps of noise/i }).getAttribute('aria-valuenow');
}
