import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { loadDataset } from '../src/engine/data/datasets';
import { splitOf } from '../src/engine/data/split';
import { Playground } from './playground';
import { Quality } from './quality';

const read = (fileName: string) => readFile(new URL(`../public/data/${fileName}`, import.meta.url));

test('the pretrained model is measured between real images and noise, and its nearest images are the nearest', async ({
  page,
}, testInfo) => {
  const { problems } = new Playground(page);
  const quality = new Quality(page);
  await quality.open();
  await quality.evaluateButton.click();
  await expect(quality.panel.getByText('Drawing samples')).toBeVisible();
  await quality.panel.getByRole('button', { name: 'Stop' }).click();
  await expect(quality.state).toHaveAttribute('data-status', 'stopped');
  await quality.evaluate();

  const frechet = await quality.measure('frechet');
  expect(frechet.floor).toBeGreaterThan(0);
  expect(frechet.model).toBeGreaterThan(0.5 * frechet.floor);
  expect(frechet.model).toBeLessThan(5 * frechet.floor);
  expect(frechet.ceiling).toBeGreaterThan(20 * frechet.model);
  for (const name of ['precision', 'recall']) {
    const { floor, model, ceiling } = await quality.measure(name);
    expect(model).toBeGreaterThan(60);
    expect(floor).toBeGreaterThan(80);
    expect(ceiling).toBeLessThan(10);
  }
  const loss = await quality.measure('heldOutLoss');
  expect(loss.model).toBeGreaterThan(0.03);
  expect(loss.model).toBeLessThan(0.12);

  // What the model has learned from.
  const { images, count } = splitOf(await loadDataset('digits', read)).training;
  await quality.nearest.getByRole('button', { name: 'Show all 64' }).click();
  const pairs = await quality.pairs();
  await quality.nearest.getByRole('button', { name: 'Show the nearest 36' }).click();
  expect(pairs).toHaveLength(64);
  const threshold = Number(await quality.nearest.locator('[data-quantity="threshold"]').textContent());
  const rms = (a: number[], b: number[]) =>
    Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length) / 127.5;
  const levels = Array.from({ length: count }, (_, i) =>
    Array.from(images.subarray(64 * i, 64 * i + 64), (value) => (value + 1) * 127.5),
  );
  for (const { sample, nearest, distance, memorised } of pairs) {
    // What is drawn is rounded to bytes, and the distance to thousandths.
    expect(Math.abs(rms(sample, nearest) - distance)).toBeLessThan(0.006);
    const least = Math.min(...levels.map((image) => rms(sample, image)));
    expect(Math.abs(least - distance)).toBeLessThan(0.006);
    if (Math.abs(distance - threshold) > 0.001) expect(memorised).toBe(distance < threshold);
  }
  expect(pairs.map(({ distance }) => distance)).toEqual(
    pairs.map(({ distance }) => distance).sort((a, b) => a - b),
  );
  const marked = pairs.filter(({ memorised }) => memorised).length;
  await expect(quality.nearest.locator('[data-quantity="memorised-count"]')).toHaveText(String(marked));

  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: testInfo.outputPath(`quality-${theme}-${width}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  }
  expect(problems).toEqual([]);
});

test('a model in training is evaluated as it trains, and its held-out loss is drawn beside the other', async ({
  page,
}, testInfo) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.visit('/#/quality');
  const quality = new Quality(page);
  await quality.panel.getByRole('switch', { name: 'Evaluate during training' }).click();
  await quality.type('Steps between evaluations', '10');
  await quality.type('Samples', '40');
  await quality.type('Steps', '2');
  await page.goto('/#/playground');
  await playground.startButton.click();
  const heldOut = playground.train.locator('[data-quantity="held-out-loss"]');
  await expect(heldOut).toHaveText(/^\d\.\d{4}$/);
  const first = Number(await heldOut.textContent());
  expect(first).toBeGreaterThan(0.1);
  await playground.switchToOwn();
  await page.goto('/#/quality');
  await expect(quality.history.locator('.quality-history')).toHaveAttribute('data-points', /^([2-9]|\d\d)$/);
  await expect(quality.nearest.getByText('not like the data')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('over-training.png'), fullPage: true });
  await page.goto('/#/playground');
  await playground.pause();
  await expect.poll(async () => Number(await heldOut.textContent())).toBeLessThan(first);
  await playground.train.screenshot({ path: testInfo.outputPath('train.png') });
  expect(playground.problems).toEqual([]);
});
