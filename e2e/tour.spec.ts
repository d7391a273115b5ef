import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Playground } from './playground';

const card = (page: Page) => page.getByRole('dialog', { name: /.+/ }).and(page.locator('.tour-card'));
const act = (page: Page, name: string) => card(page).getByRole('button', { name, exact: true });
const target = (page: Page) => page.locator('[data-tour-target]');

async function onStep(page: Page, step: number, selector: string): Promise<void> {
  await expect(card(page)).toContainText(`step ${step} of 8`);
  await expect(target(page)).toHaveCount(1);
  await expect(page.locator(`${selector}[data-tour-target]`)).toBeInViewport();
}

test('the whole tour, at 390 px: each step moves the real control, and it ends with a trained model', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(card(page)).toBeFocused();
  const next = () => act(page, 'Next').click();

  await onStep(page, 1, '.examples__grid');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const picture = () => playground.forward.locator('.forward-term canvas').nth(1).screenshot();
  const before = await picture();
  await act(page, 'Pick another').click();
  await expect.poll(async () => (await picture()).equals(before)).toBe(false);

  await next();
  await onStep(page, 2, '.film-scale');
  await act(page, 'Move t to the middle').click();
  await expect(playground.forward.getByRole('slider')).toHaveAttribute('aria-valuenow', '500');
  await next();
  await onStep(page, 3, '.train-equation');
  await next();
  await onStep(page, 4, '.train-actions');
  await act(page, 'Start training').click();
  await expect(playground.status).toHaveAttribute('data-status', 'training', { timeout: 60_000 });
  await next();
  await onStep(page, 5, '.loss-figure');
  await expect.poll(() => playground.step(), { timeout: 120_000 }).toBeGreaterThan(5);
  await act(page, 'Pause training').click();
  await expect(playground.status).toHaveAttribute('data-status', 'paused', { timeout: 60_000 });
  const first = await playground.loss();
  expect(first).toBeGreaterThan(0);
  expect(first, 'lower than knowing nothing').toBeLessThan(1.5);
  await next();
  await onStep(page, 6, '.sample-actions');
  await act(page, 'Sample').click();
  await expect(playground.sample.getByRole('button', { name: 'Stop' })).toBeEnabled({ timeout: 60_000 });
  await playground.sample.getByRole('button', { name: 'Stop' }).click();
  await next();
  await expect(page).toHaveURL(/#\/forward$/);
  await onStep(page, 7, '.steps-and-jump__controls');
  await act(page, 'Play it').click();
  await expect
    .poll(async () => Number(await page.locator('.steps-and-jump').getAttribute('data-t')))
    .toBeGreaterThan(0);
  await next();
  await expect(page).toHaveURL(/#\/reverse$/);
  await onStep(page, 8, '.view-navigation');
  await act(page, 'Finish').click();
  await expect(card(page)).toBeHidden();
  await expect(target(page)).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});

test('by keyboard: arrows go on and back, Escape closes, its place and the focus are kept', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const button = page.getByRole('button', { name: 'Guided tour' });
  await button.press('Enter');
  await expect(card(page)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await onStep(page, 1, '.examples__grid');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await onStep(page, 3, '.train-equation');
  await page.keyboard.press('ArrowLeft');
  await onStep(page, 2, '.film-scale');
  // The page beneath stays in use, and its arrow keys are its own.
  const slider = playground.forward.getByRole('slider');
  const t = Number(await slider.getAttribute('aria-valuenow'));
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', String(t + 1));
  await onStep(page, 2, '.film-scale');
  await page.keyboard.press('Escape');
  await expect(card(page)).toBeHidden();
  await expect(button).toBeFocused();

  await page.reload();
  await playground.ready();
  await expect(page.getByRole('button', { name: 'Take the tour' }), 'offered once').toHaveCount(0);
  await button.press('Enter');
  await onStep(page, 2, '.film-scale');
  expect(playground.problems).toEqual([]);
});
