import { expect, test } from '@playwright/test';
import { tinyModel, trainTo } from './engine';
import { Playground } from './playground';

// 320 px is a window of 1280 px at 400 %.
for (const width of [320, 200])
  test(`a window of ${width} px trains and draws; nothing is wider than it`, async ({ page }) => {
    await page.setViewportSize({ width, height: 480 });
    const playground = new Playground(page);
    await playground.open();
    await tinyModel(playground);
    await trainTo(playground, 5);
    await playground.pause();
    await playground.sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(playground.sample.getByText('The images are finished')).toBeAttached();
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest).toBeLessThanOrEqual(width);
    expect(playground.problems).toEqual([]);
  });
