import { expect, type Page, test } from '@playwright/test';
import { Points } from './points';

/** What is chosen in the views, as their controls say it. */
async function chosen(page: Page) {
  await page.goto(address(page, '#/forward'));
  const point = page.getByRole('slider', { name: 'Image left after 50 % of the steps' });
  const drawn = await point.getAttribute('aria-valuenow');
  await page.goto(address(page, '#/bound'));
  const images = await page.getByRole('spinbutton', { name: /^Images/ }).inputValue();
  await page.goto(address(page, '#/samplers'));
  const count = await page
    .getByRole('spinbutton', { name: /^Images/ })
    .first()
    .inputValue();
  await page.goto(address(page, '#/points'));
  const points = new Points(page);
  await expect(points.time).toBeVisible();
  const drawing = await points.panel
    .getByRole('radio', { name: 'Draw your own', exact: true })
    .getAttribute('aria-checked');
  return { drawn, images, count, drawing, points: drawing === 'true' ? await points.pointsDrawn() : 0 };
}

/** Another view of the same page, whatever the address asks besides. */
function address(page: Page, hash: string): string {
  const url = new URL(page.url());
  url.hash = hash;
  return url.href;
}

async function number(page: Page, name: RegExp, value: string): Promise<void> {
  const field = page.getByRole('spinbutton', { name }).first();
  await field.fill(value);
  await field.press('Enter');
}

test('what is chosen in the views is there after a reload, and goes with a link', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('/#/forward');
  await page.getByRole('slider', { name: 'Image left after 50 % of the steps' }).press('PageUp');
  await page.goto('/#/bound');
  await number(page, /^Images/, '32');
  await page.goto('/#/samplers');
  await number(page, /^Images/, '4');
  const points = new Points(page);
  await points.open();
  await points.choose('Draw your own');
  await points.canvas.focus();
  for (const key of ['Enter', 'Shift+ArrowRight', 'Enter', 'Shift+ArrowUp', 'Enter'])
    await page.keyboard.press(key);
  await expect.poll(() => points.pointsDrawn()).toBe(3);

  // At once: what is not stored yet is stored as the page is left.
  await page.reload();
  const wanted = { drawn: '0.6', images: '32', count: '4', drawing: 'true', points: 3 };
  expect(await chosen(page)).toEqual(wanted);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: /^This view/ }).inputValue();
  expect(link).toMatch(/\?s=2\.[\w-]{50,400}#\/points$/);
  await page.close();

  const context = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  const visitor = await context.newPage();
  await visitor.goto('/#/bound');
  await number(visitor, /^Images/, '48');
  await visitor.goto(link);
  expect(await chosen(visitor), 'as the sender has it').toEqual(wanted);
  const learner = new Points(visitor);
  await expect(learner.start, 'the drawn points can be learned').toBeEnabled();
  await visitor.getByRole('button', { name: 'Back to mine' }).click();
  const own = { drawn: '0.5', images: '48', count: '16', drawing: 'false', points: 0 };
  expect(await chosen(visitor)).toEqual(own);
  await visitor.reload();
  expect(await chosen(visitor), 'nothing of the link was stored').toEqual(own);
  await context.close();
});
