import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Locator, test } from '@playwright/test';
import { tinyModel } from './engine';
import { Playground } from './playground';

const FIRST_SCRIPT_BYTES = 250 * 1024;

test('a visitor sees images from the model that ships', async ({ page }, testInfo) => {
  await page.addInitScript(markFinishedImages);
  const playground = new Playground(page);
  const { sample } = playground;
  const arrival = () =>
    page.evaluate(() => performance.getEntriesByName('finished images')[0]?.startTime ?? 0);
  await playground.visit('/');
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
  await expect.poll(arrival).toBeGreaterThan(0);
  testInfo.annotations.push({ type: 'first sample', description: `${Math.round(await arrival())} ms` });

  const grid = sample.locator('.sample-grid').first().locator('canvas');
  // What the controls say is what drew the images.
  await expect(sample.getByRole('combobox', { name: /^Sampler/ })).toHaveText(/DPM-Solver/);
  await expect(sample.getByRole('spinbutton', { name: /^Steps/ })).toHaveValue('15');
  await expect(sample.getByRole('spinbutton', { name: /^Images/ })).toHaveValue('16');
  await expect(sample.getByText('Drawn by: pretrained, 10,000 training steps · DPM-Solver')).toBeVisible();
  const images = await imagesOf(grid);
  await page.screenshot({ path: testInfo.outputPath('arrival.png') });
  await sample.getByRole('slider', { name: 'Step of the reverse process' }).press('Home');
  await expect(sample.getByText('pure noise', { exact: true })).toBeVisible();
  const noise = await imagesOf(grid);
  expect([images.length, noise.length]).toEqual([16, 16]);
  // Ink or paper nearly everywhere, where noise is grey.
  expect(meanAbsolute(images.flat())).toBeGreaterThan(meanAbsolute(noise.flat()) + 0.05);
  expect(inkOrPaper(images.flat())).toBeGreaterThan(inkOrPaper(noise.flat()) + 0.1);
  for (const [i, image] of images.entries()) {
    for (const other of images.slice(i + 1))
      expect(meanAbsolute(image.map((value, k) => value - (other[k] as number)))).toBeGreaterThan(0.1);
  }
  await expect(sample.getByText(/Draws from a pretrained model/)).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('another data set takes the images away or brings its own; back again, they are drawn anew', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample } = playground;
  const shown = sample.locator('.sample');
  await expect(shown).toHaveAttribute('data-status', 'finished');
  await page.getByRole('radio', { name: /^Shapes/ }).click();
  await expect(shown).toHaveAttribute('data-status', 'idle');
  await expect(sample.getByText('Noise turns into images here.')).toBeVisible();
  await expect(sample.getByText('There is no model yet', { exact: false })).toBeVisible();
  await page.getByRole('radio', { name: /^Fashion.*16/ }).click();
  await expect(sample.getByText(/learned Fashion.*16.* with its classes/)).toBeVisible();
  await expect(shown).toHaveAttribute('data-status', 'finished');
  await expect(sample.locator('.image-grid__names').first()).toContainText('Ankle boot');
  await page.getByRole('radio', { name: /^Digits/ }).click();
  await expect(shown).toHaveAttribute('data-status', 'finished');
  await expect(sample.locator('.image-grid__names')).toHaveCount(0);
  await expect(sample.getByText(/Draws from a pretrained model/)).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('the script before the first paint is at most 250 KB, compressed', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const inline = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text as string);
  const names = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, name]) => name as string);
  expect(names.length).toBeGreaterThan(0);
  const loaded = new Map<string, string>();
  const load = (name: string) => {
    if (loaded.has(name)) return;
    const text = readFileSync(join('dist', name), 'utf8');
    loaded.set(name, text);
    // What it imports at once; `import()` comes later.
    for (const [, other] of text.matchAll(/(?:^|[;}\s])(?:import|export)[^;("']*["']\.\/([^"']+\.js)["']/g))
      load(join('assets', other as string));
  };
  for (const name of names) load(name);
  const bytes = [...inline, ...loaded.values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
  test.info().annotations.push({ type: 'first script', description: `${bytes} bytes` });
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES);
});

test('the pretrained model draws until the visitor switches; meanwhile both stand side by side', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample, train } = playground;
  const ofShipped = sample.getByText(/Draws from a pretrained model/);
  const ofOwn = sample.getByText(
    /Draws from the averaged weights \(EMA\) of the model that learns Digits, after 1/,
  );
  const beside = sample.getByRole('region', { name: 'Your model beside the pretrained one' });
  await expect(ofShipped).toBeVisible();
  await expect(sample.getByRole('radio', { name: 'Yours' })).toHaveCount(0);
  await expect(beside).toHaveCount(0);

  await train.getByRole('button', { name: 'One step' }).click();
  await expect(beside.getByRole('heading', { name: 'Your model' })).toBeVisible();
  await expect(ofShipped, 'the model does not change by itself').toBeVisible();
  await expect(beside.getByRole('button', { name: 'Switch to yours' }), 'it is no good yet').toHaveCount(0);
  const drawn = async () => {
    await sample.getByRole('spinbutton', { name: 'Steps' }).fill('10');
    await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(sample.locator('.sample')).toHaveAttribute('data-step', '10');
    await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
    return imagesOf(sample.locator('.sample-grid').first().locator('canvas'));
  };
  const pretrained = await drawn();
  await sample.getByRole('radio', { name: 'Yours' }).click();
  await expect(ofOwn).toBeVisible();
  await expect(beside).toHaveCount(0);
  expect(await drawn(), 'another model, other images from the same noise').not.toEqual(pretrained);
  await expect(sample.getByText('Drawn by: your model, 1 training step')).toBeVisible();
  await page.reload();
  await playground.ready();
  await expect(sample.getByRole('radio', { name: 'Yours' }), 'what was chosen stays').toBeChecked();
  expect(playground.problems).toEqual([]);
});

test('in a live run the worked line is of the step whose images stand beside it', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample } = playground;
  const shown = sample.locator('.sample');
  await expect(shown).toHaveAttribute('data-status', 'finished');
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('300');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(shown).toHaveAttribute('data-status', 'running');
  const seen = await shown.evaluate(async (panel) => {
    const lines = new Map<string, string>();
    while (panel.getAttribute('data-status') === 'running') {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const detail = document.querySelector('section[aria-label$="in one step"]');
      const symbols = [...(detail?.querySelectorAll('figure .math') ?? [])].map((one) => one.textContent);
      const labels = [...(detail?.querySelectorAll('[role=math]') ?? [])].map((one) => one.ariaLabel ?? '');
      const worked = labels.filter((label) => /^x \d+ equals/.test(label));
      lines.set(`${symbols[0]} → ${symbols.at(-1)}`, worked.join());
    }
    return [...lines];
  });
  expect(seen.length, 'several steps were looked at').toBeGreaterThan(3);
  for (const [step, line] of seen) {
    const [, t, s] = /^x(\d+) → x(\d+)$/.exec(step) ?? [];
    expect(line, step).toMatch(new RegExp(`^x ${s} equals .*x ${t}\\b`));
  }
  expect(playground.problems).toEqual([]);
});

for (const [damage, reason, answer] of [
  ['missing', /the server answers 404/, { status: 404 }],
  ['damaged', /cannot be used \(.+\)/, { status: 200, body: 'half of a file' }],
] as const) {
  test(`a model that is ${damage} is said to be so, and training works`, async ({ page }) => {
    await page.route('**/models/*.safetensors', (route) => route.fulfill(answer));
    const playground = new Playground(page);
    await playground.open();
    const message = playground.sample.getByRole('alert').filter({ hasText: reason });
    await expect(message).toContainText('Try again, or train a model of your own.');
    await playground.train.getByRole('button', { name: 'One step' }).click();
    await expect.poll(() => playground.step()).toBe(1);
    await playground.switchToOwn();
    await playground.sample.getByRole('button', { name: 'One step' }).click();
    await expect(playground.sample.locator('.sample')).toHaveAttribute('data-step', '1');
    await expect(message).toHaveCount(0);
  });
}

test('sampling has a tenth of the time while a model trains, and more where it is raised', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample, train } = playground;
  const name = 'Time for sampling during training';
  await tinyModel(playground);
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '10 %');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  await sample.getByRole('radio', { name: 'Pretrained', exact: true }).click();
  // More than are drawn meanwhile.
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('1000');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.getByText('this has 10 % of the time', { exact: false })).toBeVisible();
  /** Steps of sampling for each step of training, over so many of these, and until so many of sampling were seen. */
  const samplingPerStep = async (steps: number, sampledAtLeast = 0) => {
    const sampled = async () => Number(await sample.locator('.sample').getAttribute('data-step'));
    const [from, before] = [await playground.step(), await sampled()];
    await expect.poll(() => playground.step()).toBeGreaterThanOrEqual(from + steps);
    await expect.poll(sampled).toBeGreaterThanOrEqual(before + sampledAtLeast);
    return ((await sampled()) - before) / ((await playground.step()) - from);
  };
  await samplingPerStep(10);
  const few = await samplingPerStep(200, 3);
  const share = sample.getByRole('slider', { name });
  await share.press('End');
  await expect(share).toHaveAttribute('aria-valuetext', '90 %');
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '90 %');
  await samplingPerStep(5);
  const many = await samplingPerStep(20);
  expect(few).toBeGreaterThan(0);
  expect(many).toBeGreaterThan(4 * few);
  await share.press('Home');
  await expect(sample.getByText('waits until training pauses', { exact: false })).toBeVisible();
  await samplingPerStep(5);
  expect(await samplingPerStep(50), 'none').toBe(0);
  await share.press('PageUp');
  await expect(share).toHaveAttribute('aria-valuetext', '50 %');
  await playground.pause();
  await page.reload();
  await playground.ready();
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '50 %');
  expect(playground.problems).toEqual([]);
});

/** Runs in the page: marks the frame after the one that shows the finished images. */
function markFinishedImages(): void {
  const look = () => {
    const done = document.querySelector('.sample[data-status="finished"] .sample-grid canvas');
    if (done) requestAnimationFrame(() => performance.mark('finished images'));
    else requestAnimationFrame(look);
  };
  look();
}

/** The images of a grid as it is painted, in [−1, 1], row by row: its gaps are transparent. */
async function imagesOf(canvas: Locator): Promise<number[][]> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    const { data } = (element.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height);
    const opaque = (x: number, y: number) => (data[(y * width + x) * 4 + 3] ?? 0) > 0;
    const startsOf = (length: number, at: (i: number) => boolean) =>
      Array.from({ length }, (_, i) => i).filter((i) => at(i) && (i === 0 || !at(i - 1)));
    const lefts = startsOf(width, (x) => opaque(x, 0));
    const tops = startsOf(height, (y) => opaque(0, y));
    let side = 1;
    while (side < width && opaque(side, 0)) side++;
    return tops.flatMap((top) =>
      lefts.map((left) =>
        Array.from({ length: side * side }, (_, i) => {
          const [x, y] = [left + (i % side), top + Math.floor(i / side)];
          return (data[(y * width + x) * 4] as number) / 127.5 - 1;
        }),
      ),
    );
  });
}

function meanAbsolute(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
}

/** The share of the values that are black or white. */
function inkOrPaper(values: readonly number[]): number {
  return values.filter((value) => Math.abs(value) > 0.9).length / values.length;
}
