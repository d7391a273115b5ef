import { expect, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

test('the opening is alive before anything is pressed, and its one handle moves every image', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.visit('/');
  const { opening } = playground;
  const t = async () => Number(await opening.getAttribute('data-t'));
  const image = (name: RegExp) => opening.getByRole('img', { name });
  const [noisy, predicted, back] = [image(/% noise$/), image(/^predicted image$/), image(/^one step back$/)];

  // Forward and back, by itself.
  await expect.poll(t).toBeGreaterThan(800);
  await expect(opening).toHaveAttribute('data-towards', 'data');
  await expect.poll(t).toBeLessThan(200);
  await expect(opening.getByText(/^pretrained, 10,000 training steps · DPM-Solver/)).toBeVisible();

  const slider = opening.getByRole('slider', { name: 'Timestep t' });
  await slider.press('End');
  await expect(opening).toHaveAttribute('data-playing', 'false');
  await expect(playground.forward.getByRole('slider')).toHaveAttribute('aria-valuenow', '1000');
  await expect(predicted).toBeVisible();
  const shown = () => Promise.all([noisy, predicted, back].map(digestOf));
  await expect.poll(async () => (await shown())[1] !== (await shown())[0]).toBe(true);
  const atEnd = await shown();
  for (let i = 0; i < 60; i++) await slider.press('PageDown');
  expect(await t()).toBe(400);
  await expect.poll(async () => (await shown()).filter((one, i) => one === atEnd[i]).length).toBe(0);

  await opening.getByRole('link', { name: 'Sample' }).click();
  await expect(playground.sample.getByRole('heading', { name: 'Sample' })).toBeInViewport();
  expect(playground.problems).toEqual([]);
});

test('with less motion it rests; a data set without a pretrained model says so, and runs the visitor’s own', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.open();
  const { opening } = playground;
  await expect(opening).toHaveAttribute('data-playing', 'false');
  await playground.data.getByRole('radio', { name: /^Shapes/ }).click();
  await expect(opening.getByText('no pretrained model for Shapes')).toBeVisible();
  await expect(playground.startButton).toBeEnabled();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect(opening.getByText('your model, 1 training step')).toBeVisible();
  const images = opening.getByRole('img');
  await expect
    .poll(async () => (await digestOf(images.nth(3))) !== (await digestOf(images.nth(1))))
    .toBe(true);
  expect(playground.problems).toEqual([]);
});

test('what is below it stays where it is when the first samples come, so that a press there lands', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const tops: number[] = [];
    Object.assign(globalThis, { tops });
    const look = () => {
      const panel = document.getElementById('data');
      if (panel) tops.push(panel.getBoundingClientRect().top + scrollY);
      requestAnimationFrame(look);
    };
    look();
  });
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('about:blank');
    await page.goto('/');
    await expect(page.locator('.opening__samples canvas').first()).toBeVisible();
    const tops = await page.evaluate(() => (globalThis as unknown as { tops: number[] }).tops);
    expect(Math.max(...tops) - Math.min(...tops), `${width} px`).toBeLessThan(12);
  }
});
