import { expect, type Page, test } from '@playwright/test';
import { decode } from 'fast-png';
import { downloadOf } from './modelsPage';
import { Playground } from './playground';

/** Some reverse steps of the model that ships. */
async function sampled(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open();
  const { sample } = playground;
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('200');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('spinbutton', { name: 'Images' }).fill('6');
  await sample.getByRole('spinbutton', { name: 'Images' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample).toContainText('200 of 200');
  await expect(sample.getByText('The images are finished')).toBeAttached();
  return playground;
}

test('samples are saved as PNG, GIF and video of the size that was chosen; a long one can be cancelled', async ({
  page,
}) => {
  const playground = await sampled(page);
  await playground.sample.getByRole('button', { name: 'Save images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save images' });
  const save = () =>
    downloadOf(page, () => dialog.getByRole('button', { name: 'Save', exact: true }).click());

  // Six of 8×8 in three columns, four times as large, with lines between and around.
  const png = await save();
  expect(png.name).toBe('ddpm-samples-t0.png');
  const { width, height, data, channels } = decode(png.bytes);
  expect([width, height]).toEqual([4 * (3 * 9 + 1), 4 * (2 * 9 + 1)]);
  const levels = new Set(Array.from({ length: width * height }, (_, i) => data[i * channels]));
  expect(levels.size).toBeGreaterThan(20);

  await dialog.getByRole('radio', { name: 'The chosen one' }).click();
  await dialog.getByRole('radio', { name: 'GIF' }).click();
  await dialog.getByRole('spinbutton', { name: 'Seconds' }).fill('2');
  await dialog.getByRole('spinbutton', { name: 'Seconds' }).press('Enter');
  const gif = await save();
  expect(gif.name).toBe('ddpm-reverse-process.gif');
  expect(gif.bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  expect([gif.bytes.readUInt16LE(6), gif.bytes.readUInt16LE(8)]).toEqual([600, 600]);
  expect(gif.bytes.toString('latin1').split('!\xf9\x04').length - 1).toBe(37);

  await dialog.getByRole('radio', { name: 'Video' }).click();
  await dialog.getByRole('switch', { name: 'Write t and the sampler below' }).click();
  const video = await save();
  expect(video.name).toMatch(/^ddpm-reverse-process\.(mp4|webm)$/);
  // The browser itself plays it, in its size and for its time.
  const played = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const element = document.createElement('video');
    element.src = URL.createObjectURL(new Blob([bytes]));
    await new Promise((resolve, reject) => {
      element.onloadedmetadata = resolve;
      element.onerror = () => reject(new Error(element.error?.message));
    });
    return [element.videoWidth, element.videoHeight, element.duration];
  }, video.bytes.toString('base64'));
  expect(played.slice(0, 2), 'with a line of text').toEqual([600, 634]);
  expect(played[2]).toBeCloseTo(2, 1);
  await expect(dialog.getByRole('status')).toContainText('Saved ddpm-reverse-process');

  await dialog.getByRole('radio', { name: 'All' }).click();
  await dialog.getByRole('combobox', { name: 'Scale' }).click();
  await page.getByRole('option', { name: /^16×/ }).click();
  await dialog.getByRole('spinbutton', { name: 'Seconds' }).fill('30');
  await dialog.getByRole('spinbutton', { name: 'Seconds' }).press('Enter');
  await dialog.getByRole('radio', { name: 'GIF' }).click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('status')).toContainText('Cancelled');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(playground.problems).toEqual([]);
});

test('the loss of every step is saved as CSV', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Training steps', '7');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  const csv = await downloadOf(page, () =>
    playground.train.getByRole('button', { name: 'Save the losses as CSV' }).click(),
  );
  expect(csv.name).toBe('ddpm-loss-7-steps.csv');
  const byTime = await downloadOf(page, () =>
    playground.train.getByRole('button', { name: 'Save the squared error by t as CSV' }).click(),
  );
  expect(byTime.name).toBe('ddpm-error-by-t-7-steps.csv');
  expect(byTime.bytes.toString().split('\n').length).toBeGreaterThan(5);
  const [head, ...rows] = csv.bytes.toString().trimEnd().split('\n');
  expect(head).toBe('step,loss,held_out_loss');
  expect(rows.map((row) => row.split(',')[0])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  const last = Number(rows.at(-1)?.split(',')[1]);
  expect(last.toFixed(4)).toBe(await page.locator('[data-quantity="last-loss"]').textContent());
});
