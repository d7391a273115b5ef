import { expect, type Locator, type Page, test } from '@playwright/test';
import { Playground } from './playground';

/** The small drawing of the network among the settings of training. */
const drawing = (page: Page) => page.locator('.levels-drawing');
const box = (page: Page, name: string) => drawing(page).locator(`[data-block="${name}"]`);
const multiplier = (page: Page, level: number) =>
  page.getByRole('slider', { name: `Multiplier of level ${level}` });
const attention = (page: Page, level: number) =>
  page.getByRole('switch', { name: `Attention at level ${level}` });

/** The levels as a screen reader reads them: size, multiplier, channels, attention. */
async function table(page: Page): Promise<string[][]> {
  const cells = await page
    .getByRole('table', { name: 'Levels of the U-Net' })
    .getByRole('cell')
    .allTextContents();
  return Array.from({ length: cells.length / 4 }, (_, row) => cells.slice(4 * row, 4 * row + 4));
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await locator.boundingBox()) as NonNullable<
    Awaited<ReturnType<Locator['boundingBox']>>
  >;
  return { x: x + width / 2, y: y + height / 2 };
}

test('levels: multipliers, attention and levels are changed on the drawing by mouse and keyboard', async ({
  page,
}) => {
  await new Playground(page).open();
  await expect(drawing(page)).toBeVisible();
  await expect
    .poll(() => table(page))
    .toEqual([
      ['8 × 8', '1', '32', 'no'],
      ['4 × 4', '2', '64', 'yes'],
    ]);
  // One of the time, 2 convolutions, 5 on the way down, 3 in the middle, 9 on the way up, places of attention included.
  await expect(drawing(page).locator('[data-block]')).toHaveCount(20);
  await expect(drawing(page).locator('[data-off]')).toHaveCount(3);

  await multiplier(page, 2).focus();
  await page.keyboard.press('ArrowRight');
  await expect(multiplier(page, 2)).toHaveAttribute('aria-valuetext', '3: 96 channels');
  await page.keyboard.press('Home');
  await expect.poll(() => table(page)).toContainEqual(['4 × 4', '1', '32', 'yes']);

  // The mouse: a thumb that is dragged to the end, and an empty place of attention.
  await multiplier(page, 1).hover();
  const thumb = await middleOf(multiplier(page, 1));
  await page.mouse.down();
  await page.mouse.move(thumb.x + 200, thumb.y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await table(page))[0]).toEqual(['8 × 8', '4', '128', 'no']);
  const place = await middleOf(box(page, 'up.4.attn'));
  await page.mouse.click(place.x, place.y);
  await expect(attention(page, 1)).toBeChecked();
  await expect(drawing(page).locator('[data-off]')).toHaveCount(0);
  await attention(page, 2).press('Space');
  await expect(attention(page, 2)).not.toBeChecked();
  await expect(box(page, 'middle.attn')).not.toHaveAttribute('data-off');

  await page.getByRole('button', { name: 'Add level' }).press('Enter');
  await expect.poll(async () => (await table(page)).at(-1)).toEqual(['2 × 2', '1', '128', 'no']);
  await expect(multiplier(page, 3)).toBeVisible();
  await page.getByRole('button', { name: 'Remove level' }).click();
  await expect(multiplier(page, 3)).toHaveCount(0);

  // One movement of the mouse is one entry of the history.
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
  await expect.poll(async () => (await table(page))[0]).toEqual(['8 × 8', '4', '128', 'no']);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await table(page))[0]).toEqual(['8 × 8', '1', '32', 'no']);
});
