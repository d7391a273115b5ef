import { expect, type Page, test } from '@playwright/test';
import { Playground } from './playground';
import { StaticSite } from './staticSite';

test.use({ serviceWorkers: 'allow' });

let site: StaticSite;
test.beforeEach(async () => {
  site = await StaticSite.start();
});
test.afterEach(() => site.stop().catch(() => {}));

test('on a plain static server, below a path: threads at the first visit, then without a network', async ({
  page,
  context,
}) => {
  const others: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(site.address) && !request.url().startsWith('blob:'))
      others.push(request.url());
  });
  const playground = new Playground(page);
  await playground.open(site.address);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const threads = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(threads < 2, 'One core has no threads to show.');
  await expect(playground.badge).toContainText(`${threads} threads`);
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  // It is saved by then.
  await expect(playground.status).toHaveAttribute('data-status', 'paused');
  await storedWhole(playground);

  await context.setOffline(true);
  await site.stop();
  await page.reload();
  await expect(playground.badge).toContainText(`${threads} threads`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => playground.step(), 'the model of the visit before').toBe(1);
  const { sample, data } = playground;
  await sample.getByRole('radio', { name: 'Pretrained' }).click();
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('10');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
  await data.getByRole('radio', { name: /Fashion.*16/ }).click();
  await expect(data.getByRole('button', { name: /^All 70,000|^All [\d,]+/ })).toBeVisible();
  await page.goto(`${site.address}#/samplers`);
  await expect(
    page.getByRole('button', { name: /Compare|Draw/ }).first(),
    'a view not opened before',
  ).toBeVisible();
  expect(others, 'no request to anyone else').toEqual([]);
  expect(playground.problems).toEqual([]);
});

test('a new version waits while a run trains, and takes over when asked; nothing is lost', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(site.address);
  await storedWhole(playground);
  await playground.startButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(2);
  await site.publish('second');
  await lookForUpdate(page);
  const notice = page.getByRole('region', { name: 'New version' });
  await expect(notice).toContainText('The run goes on with this one');
  const before = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(before + 2);
  await expect(page.locator('html')).not.toHaveAttribute('data-published');
  const reached = await playground.step();
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-published', 'second');
  await playground.ready();
  await expect.poll(() => playground.step()).toBeGreaterThanOrEqual(reached);
  await expect(notice).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});

test('a browser finds all that it needs to install the page', async ({ page, context }) => {
  await new Playground(page).open(site.address);
  const devtools = await context.newCDPSession(page);
  const { url, errors } = await devtools.send('Page.getAppManifest');
  expect(url).toBe(`${site.address}manifest.webmanifest`);
  expect(errors).toEqual([]);
  const sizes = await page.evaluate(async (manifestAddress) => {
    const manifest = await (await fetch(manifestAddress)).json();
    const images = manifest.icons.map(async ({ src, sizes }: { src: string; sizes: string }) => {
      const image = new Image();
      image.src = new URL(src, manifestAddress).href;
      await image.decode();
      return sizes === 'any' || sizes === `${image.naturalWidth}x${image.naturalHeight}`;
    });
    return Promise.all(images);
  }, url);
  expect(sizes.length).toBeGreaterThanOrEqual(3);
  expect(sizes).not.toContain(false);
});

test('the page runs what its policy names and nothing else', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(site.address);
  // A select and a dialog, which would write style elements.
  await playground.train.getByRole('combobox').first().click();
  await page.keyboard.press('Escape');
  expect(playground.problems).toEqual([]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.head.append(script);
    document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: rgb(1, 2, 3)">…</p>');
    const color = getComputedStyle(document.getElementById('styled') as HTMLElement).color;
    return { title: document.title, color };
  });
  expect(ran.title).not.toBe('taken over');
  expect(ran.color).not.toBe('rgb(1, 2, 3)');
});

/** Waits until the page says that it needs no network. */
async function storedWhole(playground: Playground): Promise<void> {
  const works = playground.page.getByText('works', { exact: true });
  await playground.badge.click();
  await expect(works).toBeVisible();
  await playground.page.keyboard.press('Escape');
  await expect(works).toHaveCount(0);
}

/** What the browser does at every visit, and the page once an hour. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}
