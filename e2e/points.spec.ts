import { expect, test } from '@playwright/test';
import { Points } from './points';

test('the view opens with a trained model that has drawn its samples; a new one begins with noise', async ({
  page,
}) => {
  const points = new Points(page);
  await points.open();
  await expect(points.readyMade).toContainText('This model comes with the page');
  for (const set of ['Moons', 'Spiral', 'Grid']) {
    await points.choose(set);
    await expect(points.start).toBeEnabled();
    await expect(points.readyMade).toBeVisible();
    await expect.poll(() => points.number('distance'), set).toBeLessThan(0.008);
    expect(await points.number('step')).toBeGreaterThan(1000);
    expect(await points.number('error')).toBeLessThan(0.1);
  }
  const readyMade = await points.number('distance');
  await points.start.click();
  await expect(points.pause).toBeVisible();
  await expect(points.readyMade).toHaveCount(0);
  await points.pause.click();
  await expect(points.start).toHaveText('Train on');
  expect(await points.number('step')).toBeLessThan(1000);
  await points.panel.getByRole('button', { name: 'Pretrained' }).click();
  await expect(points.start).toBeEnabled();
  await expect.poll(() => points.number('distance'), 'the same weights, the same samples').toBe(readyMade);
  expect(points.problems).toEqual([]);
});

test('without the file of the trained model there is a new one to train', async ({ page }) => {
  await page.route('**/models/points-*.safetensors', (route) => route.fulfill({ status: 404 }));
  const points = new Points(page);
  await points.open();
  await expect(points.panel.getByRole('alert')).toContainText('the server answers 404');
  await expect(points.start).toHaveText('Start training');
  await points.start.click();
  await expect.poll(() => points.number('step')).toBeGreaterThan(10);
  await expect(points.panel.getByRole('alert')).toHaveCount(0);
});

test('rings are learned: the loss falls, the samples lie on the data', async ({ page }) => {
  const points = new Points(page);
  await points.open();
  await points.choose('Rings');
  await expect(points.readyMade).toBeVisible();
  await points.start.click();
  await expect(points.pause).toBeVisible();
  await expect.poll(() => points.number('step')).toBeGreaterThan(20);
  await expect.poll(() => points.number('distance')).toBeLessThan(0.012);
  // ε has a variance of 1: that is the loss of a network that knows nothing.
  await expect.poll(() => points.number('loss')).toBeLessThan(0.6);
  await points.pause.click();
  await expect(points.start).toBeEnabled();
  const step = await points.number('step');
  await page.waitForTimeout(300);
  expect(await points.number('step'), 'paused').toBe(step);

  const learned = await points.image();
  await points.choose('Exact');
  await expect.poll(() => points.image(), 'another field').not.toBe(learned);
  await points.choose('Learned');
  await expect.poll(() => points.image(), 'the same again').toBe(learned);

  await points.time.press('Home');
  await expect.poll(() => points.image(), 'another t').not.toBe(learned);
  await expect(points.time).toHaveAttribute('aria-valuetext', '0 of 200');
  await page.getByRole('button', { name: /Play forward/ }).click();
  await expect.poll(async () => Number(await points.time.getAttribute('aria-valuenow'))).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Hold' }).click();
  expect(points.problems).toEqual([]);
});

test('points drawn by pointer and by keyboard are learned', async ({ page }) => {
  const points = new Points(page);
  await points.open();
  await points.choose('Draw your own');
  await expect(points.start, 'there is nothing to learn yet').toBeDisabled();
  await points.canvas.scrollIntoViewIfNeeded();
  const box = await points.canvas.boundingBox();
  if (!box) throw new Error('There is no plane.');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.3, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.4), { steps: 8 });
  await page.mouse.up();
  const stroke = await points.pointsDrawn();
  expect(stroke).toBeGreaterThan(15);
  await points.canvas.focus();
  for (const key of [
    'ArrowDown',
    'Shift+ArrowDown',
    'Enter',
    'ArrowRight',
    'Enter',
    'ArrowRight',
    'Enter',
    'Backspace',
  ]) {
    await page.keyboard.press(key);
  }
  await expect.poll(() => points.pointsDrawn()).toBe(stroke + 2);
  await expect(points.start).toBeEnabled();
  const before = await points.number('error');
  await points.start.click();
  await expect.poll(() => points.number('error')).toBeLessThan(before / 2);
  await points.pause.click();
  expect(points.problems).toEqual([]);
});
