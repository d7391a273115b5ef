import { expect, type Page, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

/** The numbers of a row of the table of moments: single steps, one jump, equation. */
async function moments(page: Page, quantity: string): Promise<[number, number, number]> {
  const cells = await page.locator(`tr[data-quantity="${quantity}"] td`).allTextContents();
  return cells.map((text) => Number(text.replace('−', '-'))) as [number, number, number];
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('single steps and one jump end in the same distribution, and that in N(0, 1)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.visit('/#/forward');
  const panel = region(page, 'Many steps or one jump');
  const slider = panel.getByRole('slider', { name: /Steps of noise/ });
  await expect(panel.getByRole('img', { name: /36 images after 200 single steps/ })).toBeVisible();

  await slider.press('Home');
  const [chain, jump] = [panel.locator('canvas').nth(0), panel.locator('canvas').nth(1)];
  expect(await digestOf(chain)).toEqual(await digestOf(jump));
  const [meanAtStart] = await moments(page, 'mean');

  for (let i = 0; i < 4; i++) await slider.press('PageUp');
  await expect(panel.getByText('40 of 1,000')).toBeVisible();
  expect(await digestOf(chain)).not.toEqual(await digestOf(jump));
  for (const quantity of ['mean', 'variance']) {
    const [steps, once, equation] = await moments(page, quantity);
    expect(Math.abs(steps - equation)).toBeLessThan(0.05);
    expect(Math.abs(once - equation)).toBeLessThan(0.05);
  }

  await slider.press('End');
  await expect(panel.getByRole('img', { name: /1,000 single steps/ })).toBeVisible();
  for (const value of await moments(page, 'mean')) expect(Math.abs(value)).toBeLessThan(0.1);
  for (const value of await moments(page, 'variance')) expect(Math.abs(value - 1)).toBeLessThan(0.15);
  expect(Math.abs(meanAtStart)).toBeGreaterThan(0.2);

  await panel.getByRole('button', { name: 'Play' }).click();
  await expect
    .poll(async () => Number(await panel.locator('.steps-and-jump').getAttribute('data-t')))
    .toBeGreaterThan(20);
  await panel.getByRole('button', { name: 'Pause' }).click();
  expect(playground.problems).toEqual([]);
});

test('a schedule drawn by keyboard is compared, used, and trained with', async ({ page }) => {
  const playground = new Playground(page);
  await playground.visit('/#/forward');
  const draw = region(page, 'Draw a schedule');
  await draw.getByRole('button', { name: 'Cosine' }).click();
  const point = draw.getByRole('slider', { name: 'Image left after 50 % of the steps' });
  const before = Number(await point.getAttribute('aria-valuenow'));
  await point.press('ArrowUp');
  await point.press('ArrowUp');
  expect(Number(await point.getAttribute('aria-valuenow'))).toBeCloseTo(before + 0.02, 3);
  // Its neighbour stops it.
  await point.press('Home');
  const next = draw.getByRole('slider', { name: 'Image left after 63 % of the steps' });
  expect(Number(await point.getAttribute('aria-valuenow'))).toBeGreaterThan(
    Number(await next.getAttribute('aria-valuenow')),
  );

  await draw.getByRole('button', { name: 'Compare it' }).click();
  const compare = region(page, 'Two schedules compared');
  await expect(compare.getByRole('list', { name: /Drawn: the example/ })).toBeVisible();
  await draw.getByRole('button', { name: 'Use it for the next model' }).click();
  await expect(draw.getByRole('button', { name: 'In use for the next model' })).toBeDisabled();

  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await playground.ready();
  await expect(playground.train.getByRole('combobox', { name: /Schedule/ })).toHaveText('Drawn');
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  expect(await playground.loss()).toBeGreaterThan(0.1);
  expect(playground.problems).toEqual([]);
});

test('a schedule that ends in pure noise asks for v, and trains with it', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const choose = async (field: RegExp, option: RegExp) => {
    await playground.train.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await choose(/Schedule/, /Zero terminal SNR/);
  await expect(playground.train.getByText(/predict v or x₀/).first()).toBeVisible();
  await expect(playground.startButton).toBeDisabled();
  await choose(/Prediction/, /^v/);
  await expect(playground.startButton).toBeEnabled();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  expect(playground.problems).toEqual([]);
});
