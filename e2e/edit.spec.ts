import { expect, test } from '@playwright/test';
import { difference, EditView, imageInGrid } from './edit';
import { digestOf, pixelsOf } from './playground';

const size = 8;

test('interpolation: two images, t and λ move the strip, whose ends stay with their sources', async ({
  page,
}) => {
  const edit = new EditView(page);
  await edit.open();
  const { interpolation } = edit;
  const [first, second] = [edit.image(/^The first image: /), edit.image(/^The second image: /)];
  const between = edit.image(/^The image between/);

  const before = await digestOf(first);
  await edit.pick(interpolation, 'First image', 4);
  await edit.pick(interpolation, 'Second image', 7);
  await expect(edit.image(/^The first image: 4, example 5$/)).toBeVisible();
  expect(await digestOf(first)).not.toEqual(before);

  const t = edit.slider(interpolation, /^Steps of noise/);
  await t.press('Home');
  for (let i = 0; i < 3; i++) await t.press('ArrowRight');
  const ends = async () => [await difference(edit.frame(0), first), await difference(edit.frame(1), second)];
  await expect.poll(async () => Math.max(...(await ends()))).toBeLessThan(12);
  expect(await difference(edit.frame(0), second), 'and far from the other').toBeGreaterThan(25);
  expect(await difference(edit.frame(0.5), edit.frame(0))).toBeGreaterThan(10);
  // With so little noise the middle is nearly the mean of both, whichever way it is mixed.
  const few = await digestOf(edit.frame(0.5));

  for (let i = 0; i < 6; i++) await t.press('PageUp');
  await expect.poll(() => digestOf(edit.frame(0.5))).not.toEqual(few);
  await expect.poll(async () => Math.max(...(await ends()))).toBeGreaterThan(12);
  await expect(interpolation.locator('[data-complete="true"]')).toBeVisible();

  const lambda = edit.slider(interpolation, /^Share of the second/);
  await lambda.press('Home');
  await expect.poll(() => difference(between, edit.frame(0))).toBe(0);
  for (let i = 0; i < 5; i++) await lambda.press('ArrowRight');
  await expect.poll(() => difference(between, edit.frame(0.125))).toBe(0);
  await lambda.press('End');
  expect(await difference(between, edit.frame(1))).toBe(0);

  const noise = () => interpolation.locator('[data-quantity="noise-variance"]').textContent();
  await edit.frame(0.5).click();
  await expect.poll(noise).toContain('100 %');
  await interpolation.getByRole('radio', { name: 'Own', exact: true }).click();
  await expect.poll(noise, 'the line loses half of it').toContain('50 %');
  await interpolation.getByRole('radio', { name: 'Arc' }).click();
  await expect.poll(noise, 'the arc nearly none').toMatch(/: (9\d|1[01]\d|[78]\d) %/);

  const shown = interpolation.locator('output').filter({ hasText: /^\d\.\d{3}$/ });
  await interpolation.getByRole('button', { name: 'Back and forth' }).click();
  const seen = new Set<string>();
  await expect
    .poll(async () => seen.add((await shown.textContent()) ?? '').size, { intervals: [60] })
    .toBeGreaterThan(4);
  await interpolation.getByRole('button', { name: 'Pause' }).click();
  const held = await shown.textContent();
  await page.waitForTimeout(300);
  expect(await shown.textContent()).toBe(held);
  expect(edit.playground.problems).toEqual([]);
});

test('image to image: what is drawn, taken back or chosen is what the variants are made of', async ({
  page,
}) => {
  const edit = new EditView(page);
  await edit.open();
  const { imageToImage } = edit;
  const board = imageToImage.getByRole('application', { name: /^Drawing/ });
  const drawing = board.locator('canvas');
  const source = imageToImage.getByRole('img', { name: 'The source', exact: true });
  const variant = imageToImage.getByRole('img', { name: /^Variant 1/ });
  const level = async (x: number, y: number) => (await pixelsOf(drawing))[4 * (y * size + x)];

  await imageToImage.getByRole('button', { name: 'Clear' }).click();
  expect(await level(3, 3)).toBe(0);
  await expect.poll(() => difference(source, drawing)).toBe(0);
  const empty = await digestOf(variant);
  await edit.stroke(board, size, [
    [4, 1],
    [4, 6],
  ]);
  for (let y = 1; y <= 6; y++) expect(await level(4, y), 'no gap in a quick stroke').toBe(255);
  await expect.poll(() => digestOf(variant)).not.toEqual(empty);

  // Nearly no noise: the variants are the drawing again.
  const strength = edit.slider(imageToImage, /^Strength/);
  await strength.press('Home');
  await strength.press('ArrowRight');
  await expect.poll(() => difference(variant, drawing)).toBeLessThan(15);
  await strength.press('End');
  await expect.poll(() => difference(variant, drawing)).toBeGreaterThan(25);

  // By keyboard: the brush starts in the middle.
  await board.focus();
  await board.press('ArrowLeft');
  await board.press('Space');
  await board.press('Shift+ArrowLeft');
  expect([await level(3, 4), await level(2, 4)]).toEqual([255, 255]);
  // One stroke, so that it is taken back at once.
  await board.press('Control+z');
  expect([await level(3, 4), await level(2, 4), await level(4, 4)]).toEqual([0, 0, 255]);
  await board.press('Control+y');
  expect(await level(3, 4)).toBe(255);
  await imageToImage.getByRole('radio', { name: 'eraser' }).click();
  await edit.stroke(board, size, [[4, 1]]);
  expect([await level(4, 1), await level(4, 2)]).toEqual([0, 255]);
  await imageToImage.getByRole('button', { name: 'Undo' }).click();
  expect(await level(4, 1)).toBe(255);

  await edit.pick(imageToImage, 'Choose an image', 6);
  await expect.poll(() => level(4, 1)).not.toBe(255);
  await expect.poll(() => difference(source, drawing)).toBe(0);
  expect(edit.playground.problems).toEqual([]);
});

test('inpainting: the hole is drawn, all else stays to the pixel, and a run can be stopped', async ({
  page,
}) => {
  const edit = new EditView(page);
  await edit.open();
  const { inpainting } = edit;
  const board = inpainting.getByRole('application', { name: /^Mask/ });
  const start = inpainting.getByRole('button', { name: 'Inpaint', exact: true });
  await inpainting.getByRole('button', { name: 'Clear the mask' }).click();
  await expect(start, 'nothing to draw').toBeDisabled();
  await edit.stroke(board, size, [
    [2, 3],
    [5, 3],
  ]);
  await edit.stroke(board, size, [
    [2, 4],
    [5, 4],
  ]);
  const painted = await board.locator('.pixel-painter__veil').getAttribute('d');
  await page.reload();
  await expect(board.locator('.pixel-painter__veil'), 'a reload keeps the hole').toHaveAttribute(
    'd',
    painted as string,
  );
  const hole = new Set([26, 27, 28, 29, 34, 35, 36, 37]);
  await inpainting.getByRole('spinbutton', { name: /^Steps/ }).fill('30');
  await inpainting.getByRole('spinbutton', { name: /^Passes/ }).fill('3');
  await inpainting.getByRole('spinbutton', { name: /^Passes/ }).press('Enter');
  await start.click();
  await expect(inpainting.getByText(/The images are finished: \d+ moves/)).toBeVisible();

  const source = await pixelsOf(inpainting.getByRole('img', { name: 'The source of the run' }));
  const [drawing] = [await pixelsOf(board.locator('canvas'))];
  expect(source).toEqual(drawing);
  const grey = source.filter((_, i) => i % 4 === 0);
  const variant = await pixelsOf(inpainting.getByRole('img', { name: /^Inpainted variant/ }));
  const large = [...variant.filter((_, i) => i % 4 === 0)];
  const grid = inpainting.locator('.image-grid__canvas');
  const drawn = new Set<string>();
  for (let index = 0; index < 8; index++) {
    const image = await imageInGrid(grid, { index, count: 8, columns: 4, size });
    if (index === 0) expect(image).toEqual(large);
    for (const [i, value] of image.entries()) if (!hole.has(i)) expect(value).toBe(grey[i]);
    drawn.add([...hole].map((i) => image[i]).join());
  }
  expect(drawn.size, 'each variant fills the hole in its own way').toBeGreaterThan(4);

  await inpainting.getByRole('spinbutton', { name: /^Steps/ }).fill('1000');
  await inpainting.getByRole('spinbutton', { name: /^Steps/ }).press('Enter');
  await start.click();
  await expect(inpainting.getByText(/ left$/).last()).toBeVisible();
  await inpainting.getByRole('button', { name: 'Stop' }).click();
  await expect(inpainting.getByText(/^Stopped at move/)).toBeVisible();
  const stopped = await inpainting.locator('[data-index]').getAttribute('data-index');
  await page.waitForTimeout(300);
  expect(await inpainting.locator('[data-index]').getAttribute('data-index')).toBe(stopped);
  expect(edit.playground.problems).toEqual([]);
});
