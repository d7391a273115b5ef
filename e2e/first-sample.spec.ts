import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Locator, test } from '@playwright/test';
import { Playground } from './playground';

/** From navigation to finished pictures, on two cores. */
const ARRIVAL_MS = 3000;
const FIRST_SCRIPT_BYTES = 250 * 1024;

test('a visitor sees pictures from the model that ships within three seconds', async ({ page }, testInfo) => {
  await page.addInitScript(markFinishedPictures);
  const playground = new Playground(page);
  const { sample } = playground;
  const arrival = () =>
    page.evaluate(() => performance.getEntriesByName('finished pictures')[0]?.startTime ?? 0);
  let milliseconds = Number.POSITIVE_INFINITY;
  // What else the machine did meanwhile is not the page's: the best of three visits counts.
  for (let visit = 0; visit < 3 && milliseconds >= ARRIVAL_MS; visit++) {
    await page.goto('about:blank');
    await page.goto('/');
    await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished', { timeout: 30_000 });
    await expect.poll(arrival).toBeGreaterThan(0);
    milliseconds = Math.min(milliseconds, await arrival());
  }
  testInfo.annotations.push({ type: 'first sample', description: `${Math.round(milliseconds)} ms` });
  expect(milliseconds).toBeLessThan(ARRIVAL_MS);

  const grid = sample.locator('.sample-grid').first().locator('canvas');
  const pictures = await picturesOf(grid);
  await page.screenshot({ path: testInfo.outputPath('arrival.png') });
  await sample.getByRole('slider', { name: 'Step of the reverse process' }).press('Home');
  await expect(sample.getByText('pure noise')).toBeVisible();
  const noise = await picturesOf(grid);
  expect([pictures.length, noise.length]).toEqual([16, 16]);
  // Ink or paper nearly everywhere, where noise is grey.
  expect(meanAbsolute(pictures.flat())).toBeGreaterThan(meanAbsolute(noise.flat()) + 0.05);
  expect(inkOrPaper(pictures.flat())).toBeGreaterThan(inkOrPaper(noise.flat()) + 0.1);
  for (const [i, picture] of pictures.entries()) {
    for (const other of pictures.slice(i + 1))
      expect(meanAbsolute(picture.map((value, k) => value - (other[k] as number)))).toBeGreaterThan(0.1);
  }
  await expect(sample.getByText(/Draws from a model that comes with this page/)).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('another data set takes the pictures away or brings its own; back again, they are drawn anew', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample } = playground;
  const shown = sample.locator('.sample');
  await expect(shown).toHaveAttribute('data-status', 'finished', { timeout: 30_000 });
  await page.getByRole('radio', { name: /^Shapes/ }).click();
  await expect(shown).toHaveAttribute('data-status', 'idle');
  await expect(sample.getByText('Noise turns into pictures here.')).toBeVisible();
  await expect(sample.getByText('There is no model yet', { exact: false })).toBeVisible();
  await page.getByRole('radio', { name: /^Fashion.*16/ }).click();
  await expect(sample.getByText(/trained it on Fashion.*16.*, class by class/)).toBeVisible();
  await expect(shown).toHaveAttribute('data-status', 'finished', { timeout: 120_000 });
  await expect(sample.locator('.picture-grid__names').first()).toContainText('Ankle boot');
  await page.getByRole('radio', { name: /^Digits/ }).click();
  await expect(shown).toHaveAttribute('data-status', 'finished', { timeout: 30_000 });
  await expect(sample.locator('.picture-grid__names')).toHaveCount(0);
  await expect(sample.getByText(/Draws from a model that comes with this page/)).toBeVisible();
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

test('pictures come from the model that ships, from the own one once it has learned, or from the chosen one', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample, train } = playground;
  const ofShipped = sample.getByText(/Draws from a model that comes with this page/);
  const ofOwn = sample.getByText(
    /Draws from the averaged weights \(EMA\) of the model that learns Digits, after 1/,
  );
  await expect(ofShipped).toBeVisible();
  await expect(sample.getByRole('radio', { name: 'Yours' })).toHaveCount(0);

  await train.getByRole('button', { name: 'One step' }).click();
  await expect(ofOwn).toBeVisible({ timeout: 60_000 });
  await expect(sample.getByRole('radio', { name: 'Yours' })).toBeChecked();
  const drawn = async () => {
    await sample.getByRole('spinbutton', { name: 'Steps' }).fill('10');
    await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(sample.locator('.sample')).toHaveAttribute('data-step', '10', { timeout: 60_000 });
    await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
    return picturesOf(sample.locator('.sample-grid').first().locator('canvas'));
  };
  const untaught = await drawn();
  await sample.getByRole('radio', { name: 'Ready-made' }).click();
  await expect(ofShipped).toBeVisible();
  expect(await drawn(), 'another model, other pictures from the same noise').not.toEqual(untaught);
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(2);
  await expect(ofShipped, 'what was chosen stays').toBeVisible();
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
    await expect.poll(() => playground.step(), { timeout: 60_000 }).toBe(1);
    await playground.sample.getByRole('button', { name: 'One step' }).click();
    await expect(playground.sample.locator('.sample')).toHaveAttribute('data-step', '1', { timeout: 60_000 });
    await expect(message).toHaveCount(0);
  });
}

test('sampling has a tenth of the time while a model trains, and more where it is raised', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { sample, train } = playground;
  const name = 'Sampling’s share of the time';
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '10 %');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  await sample.getByRole('radio', { name: 'Ready-made' }).click();
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.getByText('this has 10 % of the time', { exact: false })).toBeVisible();
  const stepsIn = async (milliseconds: number) => {
    const step = async () => Number(await sample.locator('.sample').getAttribute('data-step'));
    const before = await step();
    await page.waitForTimeout(milliseconds);
    return (await step()) - before;
  };
  await page.waitForTimeout(1000);
  const few = await stepsIn(4000);
  const share = sample.getByRole('slider', { name });
  await share.press('End');
  await expect(share).toHaveAttribute('aria-valuetext', '90 %');
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '90 %');
  const many = await stepsIn(4000);
  expect(few).toBeGreaterThan(0);
  expect(many).toBeGreaterThan(4 * few);
  await share.press('Home');
  await expect(sample.getByText('waits until training pauses', { exact: false })).toBeVisible();
  await page.waitForTimeout(500);
  expect(await stepsIn(1500), 'none').toBe(0);
  await share.press('PageUp');
  await expect(share).toHaveAttribute('aria-valuetext', '50 %');
  await playground.pause();
  await page.reload();
  await playground.ready();
  await expect(train.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', '50 %');
  expect(playground.problems).toEqual([]);
});

/** Runs in the page: marks the frame after the one that shows the finished pictures. */
function markFinishedPictures(): void {
  const look = () => {
    const done = document.querySelector('.sample[data-status="finished"] .sample-grid canvas');
    if (done) requestAnimationFrame(() => performance.mark('finished pictures'));
    else requestAnimationFrame(look);
  };
  look();
}

/** The pictures of a grid as it is painted, in [−1, 1], row by row: its gaps are transparent. */
async function picturesOf(canvas: Locator): Promise<number[][]> {
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
