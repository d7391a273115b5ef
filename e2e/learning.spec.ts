import { copyFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

test('trains on digits from nothing, samples, scrubs back, and has it all after a reload', async ({
  page,
}, testInfo) => {
  test.setTimeout(900_000);
  const playground = new Playground(page);
  await playground.open();
  await expect(playground.badge).toContainText('WebAssembly');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const { train, sample } = playground;

  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  await expect.poll(() => playground.step()).toBeGreaterThan(20);
  const early = await playground.loss();
  await expect.poll(() => playground.step(), { timeout: 600_000, intervals: [2000] }).toBeGreaterThan(400);
  const late = await playground.loss();
  expect(early).toBeGreaterThan(0.2);
  expect(late).toBeLessThan(0.12);
  await expect(train.getByRole('img', { name: /^Samples of the model/ })).toBeVisible();
  await playground.pause();
  const trained = await playground.step();
  await playground.switchToOwn();

  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('50');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  const run = async () => {
    await sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(sample.getByText('The images are finished')).toBeAttached();
    return digestOf(sample.locator('canvas').first());
  };
  const images = await run();
  expect(await run(), 'the same seed and weights give the same images').toEqual(images);
  await sample.getByRole('spinbutton', { name: 'Seed' }).fill('2');
  await sample.getByRole('spinbutton', { name: 'Seed' }).press('Enter');
  expect(await run(), 'another seed gives others').not.toEqual(images);

  const scrubber = sample.getByRole('slider', { name: 'Step of the reverse process' });
  const finished = await digestOf(sample.locator('canvas').first());
  await page.screenshot({ path: testInfo.outputPath('playground.png'), animations: 'disabled' });
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({
    path: testInfo.outputPath('playground-full.png'),
    fullPage: true,
    animations: 'disabled',
  });
  if (process.env.README_IMAGE)
    copyFileSync(testInfo.outputPath('playground-full.png'), process.env.README_IMAGE);
  await scrubber.press('Home');
  await expect(sample.getByText('pure noise', { exact: true })).toBeVisible();
  const noise = await digestOf(sample.locator('canvas').first());
  expect(noise).not.toEqual(finished);
  await scrubber.press('End');
  expect(await digestOf(sample.locator('canvas').first())).toEqual(finished);

  await page.reload();
  await playground.ready();
  await expect.poll(() => playground.step()).toBe(trained);
  expect(await playground.loss()).toBeCloseTo(late, 1);
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(trained + 1);
  expect(playground.problems).toEqual([]);
});
