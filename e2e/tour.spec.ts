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

/** Nothing that the step is about lies below its card. */
async function uncovered(page: Page, selector: string): Promise<void> {
  await expect
    .poll(async () => {
      const top = (await card(page).boundingBox())?.y ?? 0;
      const box = await page.locator(selector).first().boundingBox();
      return box !== null && box.y + box.height <= top;
    })
    .toBe(true);
}

test('the whole tour, at 390 px: image and control in sight together, and it ends with images of both models', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(card(page)).toBeFocused();
  const next = () => act(page, 'Next').click();

  await onStep(page, 1, '.data__examples');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const image = () => playground.forward.locator('.forward-term canvas').nth(1).screenshot();
  const before = await image();
  await act(page, 'Pick another').click();
  await expect.poll(async () => (await image()).equals(before)).toBe(false);

  await next();
  await onStep(page, 2, '.film-scale');
  await expect(page.locator('.forward-images')).toBeInViewport({ ratio: 0.9 });
  await uncovered(page, '#forward .film-scale');
  await act(page, 'Move t to the middle').click();
  await expect(playground.forward.getByRole('slider')).toHaveAttribute('aria-valuenow', '500');
  await next();
  await onStep(page, 3, '.opening__time');
  await expect(playground.opening, 'with less motion t rests').toHaveAttribute('data-playing', 'false');
  await expect(playground.opening.getByRole('img', { name: 'predicted image' })).toBeInViewport({
    ratio: 0.9,
  });
  await next();
  await onStep(page, 4, '.sample-actions');
  await act(page, 'Sample slowly').click();
  await expect(playground.sample.getByRole('radio', { name: '5', exact: true })).toBeChecked();
  await expect(playground.sample.getByText('The images are finished')).toBeAttached();
  await expect(page.locator('.sample-grid').first()).toBeInViewport({ ratio: 0.9 });
  await next();
  await onStep(page, 5, '.train-actions');
  await expect(playground.sample.getByRole('radio', { name: 'Full' }), 'as it was').toBeChecked();
  await playground.train.getByRole('radio', { name: 'Small' }).click();
  await act(page, 'Start training').click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  await next();
  await onStep(page, 6, '.loss-figure');
  await expect.poll(() => playground.step()).toBeGreaterThan(5);
  const first = await playground.loss();
  expect(first).toBeGreaterThan(0);
  expect(first, 'lower than knowing nothing').toBeLessThan(1.5);
  await next();
  await onStep(page, 7, '.own-beside');
  await expect(page.locator('.sample-grid').first()).toBeInViewport();
  await expect(playground.sample.getByRole('img', { name: /^Samples of the model after/ })).toBeVisible();
  await uncovered(page, '.own-beside');
  await playground.pause();
  await next();
  await expect(page).toHaveURL(/#\/experiments$/);
  await expect(card(page)).toContainText('step 8 of 8');
  await expect(card(page).getByRole('link')).toHaveCount(3);
  await card(page).getByRole('link', { name: 'Ten steps: DDPM or DDIM' }).click();
  await expect(page.getByRole('complementary', { name: 'Ten steps: DDPM or DDIM' })).toBeVisible();
  await expect(card(page)).toBeHidden();
  await expect(target(page)).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});

test('t moves by itself where a step is about t, until the visitor takes it', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('button', { name: 'Guided tour' }).press('Enter');
  await expect(card(page)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await onStep(page, 2, '.film-scale');
  const slider = playground.forward.getByRole('slider');
  const t = async () => Number(await slider.getAttribute('aria-valuenow'));
  await expect.poll(t).toBeGreaterThan(900);
  await slider.press('Home');
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', '1');
  await act(page, 'Next').click();
  await expect(playground.opening).toHaveAttribute('data-playing', 'true');
  expect(await t(), 'it was taken').toBe(1);
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
  await onStep(page, 1, '.data__examples');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await onStep(page, 3, '.opening__time');
  await page.keyboard.press('ArrowLeft');
  await onStep(page, 2, '.film-scale');
  // The page beneath stays in use, and its arrow keys are its own.
  const slider = playground.forward.getByRole('slider');
  // It moves by itself until it is taken.
  await slider.press('PageUp');
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
