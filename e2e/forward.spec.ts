import { expect, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

test('data: classes are counted and filtered, and an example is picked by keyboard', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const { data, forward } = playground;
  await expect(data.getByText('of 1,797')).toBeVisible();
  await data.getByRole('button', { name: /^3 183$/ }).click();
  await expect(data.getByText('of 183', { exact: false })).toBeVisible();
  const grid = data
    .getByRole('listbox')
    .or(data.getByRole('radiogroup', { name: /Examples/ }))
    .first();
  await grid.getByRole('option').or(grid.getByRole('radio')).nth(4).click();
  await expect(forward.getByText('the example: 3')).toBeVisible();
  await data.getByRole('radio', { name: /Shapes/ }).click();
  await expect(data.getByText('of 4,096')).toBeVisible();
  await expect(data.getByRole('button', { name: /512$/ })).toHaveCount(8);
});

test('forward process: t moves the image to noise at once, by keyboard, with its numbers', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { forward } = playground;
  const slider = forward.getByRole('slider');
  const [xt, x0] = [
    forward.locator('.forward-term canvas').nth(0),
    forward.locator('.forward-term canvas').nth(1),
  ];
  await slider.press('Home');
  await expect(forward.locator('[data-quantity="alpha-bar"]')).toContainText('1');
  expect(await digestOf(xt), 'after no step x_t is the image').toEqual(await digestOf(x0));
  await slider.press('PageUp');
  await slider.press('ArrowRight');
  const moved = await digestOf(xt);
  expect(moved).not.toEqual(await digestOf(x0));
  await forward.getByRole('button', { name: 'New noise' }).click();
  expect(await digestOf(xt), 'other noise, another x_t').not.toEqual(moved);
  await slider.press('End');
  await expect(forward.locator('[data-quantity="alpha-bar"]')).toContainText(/e|10|0\.0000/);

  // From the key to the painted image, within the task of the event.
  const drawn = await slider.evaluate((thumb) => {
    const canvas = thumb.closest('section')?.querySelector('canvas') as HTMLCanvasElement;
    const before = canvas.toDataURL();
    thumb.focus();
    thumb.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    return new Promise<boolean>((resolve) => {
      requestAnimationFrame(() => resolve(canvas.toDataURL() !== before));
    });
  });
  expect(drawn, 'the next frame shows it').toBe(true);
  expect(playground.problems).toEqual([]);
});
