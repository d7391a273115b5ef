import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('presenter mode shows one panel in large type, goes through the scenes by arrows, and Escape leaves', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await page.keyboard.press('f');
  const presenter = page.getByRole('region', { name: 'Presenter mode' });
  await expect(presenter.getByRole('heading', { name: 'Images to learn from' })).toBeVisible();
  const visible = () => page.getByRole('main').getByRole('region').filter({ visible: true });
  await expect(visible()).toHaveAccessibleName('Data');
  await expect(page.getByRole('banner')).toBeHidden();
  expect(
    await presenter
      .locator('p')
      .first()
      .evaluate((text) => getComputedStyle(text).fontSize),
  ).toMatch(/^(20|20\.0\d*)px$/);
  await page.keyboard.press('ArrowRight');
  await expect(visible()).toHaveAccessibleName('Noising');
  await page.keyboard.press('ArrowLeft');
  await expect(visible()).toHaveAccessibleName('Data');
  // A projector's window has room for the whole process, from the image to what is predicted and the samples.
  await page.setViewportSize({ width: 1024, height: 768 });
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  for (const name of ['predicted image', /^Samples/])
    await expect(playground.opening.getByRole('img', { name }).first()).toBeInViewport({ ratio: 0.9 });
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
  for (let i = 0; i < 9; i++) await presenter.getByRole('button', { name: 'Next scene' }).click();
  await expect(presenter.getByRole('heading', { name: /in only ten steps/ })).toBeVisible();
  await expect(visible()).toHaveAccessibleName('Comparison');
  await page.keyboard.press('Escape');
  await expect(presenter).toHaveCount(0);
  await expect(page.getByRole('banner')).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('a frame shows one figure without the rest', async ({ page }) => {
  await page.goto('/?embed&panel=opening&controls=0#/');
  const opening = page.getByRole('region', { name: 'From data to samples' });
  await expect(opening.getByRole('img', { name: 'predicted image' })).toBeVisible();
  await expect(page.getByRole('region').filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole('slider').filter({ visible: true })).toHaveCount(0);
  await page.goto('/?embed&panel=step#/reverse');
  await expect(page.getByRole('main').getByRole('region').filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole('link', { name: /Open in the DDPM playground/ })).toHaveAttribute(
    'href',
    /\/#\/reverse$/,
  );
});
