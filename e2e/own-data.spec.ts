import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { encode as encodePng } from 'fast-png';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { ModelsPage } from './modelsPage';
import { OwnData } from './ownData';
import { pixelsOf } from './playground';

/** Small images of two kinds, which are easy to tell apart: bars that lie and bars that stand. */
function barsZip(count: number): Buffer {
  const bar = (lying: boolean, place: number) =>
    encodePng({
      width: 12,
      height: 12,
      channels: 1,
      data: Uint8Array.from({ length: 144 }, (_, i) => {
        const along = lying ? Math.floor(i / 12) : i % 12;
        return Math.abs(along - place) < 2 ? 255 : 0;
      }),
    });
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${i % 2 ? 'lying' : 'standing'}/${i}.png`,
      bar(i % 2 === 1, 2 + (i % 8)),
    ]),
  );
  return Buffer.from(zipSync(files));
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a zip of images becomes a data set: it trains, is there after a reload, and trains on, also elsewhere', async ({
  page,
  browser,
  baseURL,
}) => {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  await own.drop([{ name: 'bars.zip', bytes: barsZip(300) }]);
  await expect(own.dialog.getByText('300 images')).toBeVisible();
  await expect(own.dialog.getByRole('listitem').filter({ hasText: 'lying' })).toContainText('150');
  await expect(own.dialog.getByLabel('Name', { exact: true })).toHaveValue('bars');
  await expectAccessible(page);
  await own.save();
  await expect(own.card('bars')).toBeChecked();
  await expect(own.card('bars')).toContainText('300 · 12×12 grey');

  const { playground } = own;
  await playground.type('Batch', '16');
  await playground.type('Training steps', '60');
  await expect(playground.startButton).toBeEnabled();
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  expect(await playground.loss(), 'mean of the first 60 losses, which begin at 1').toBeLessThan(0.8);

  await page.reload();
  await expect(own.card('bars')).toBeChecked();
  await expect.poll(() => playground.step()).toBe(60);
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(61);

  // Elsewhere its model says what it learned, and trains on where the images came with it.
  const models = new ModelsPage(page);
  await models.show();
  const without = await models.export();
  expect(without.name).toBe('ddpm-bars-61-steps-training.safetensors');
  await expect(models.exported.getByText(/^300 images of “bars”, 42\.5 KB\./)).toBeVisible();
  await models.exported.getByRole('switch', { name: 'Include my images' }).click();
  const withImages = await models.export();
  const context = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  const other = new OwnData(await context.newPage());
  await other.playground.open();
  const there = new ModelsPage(other.page);
  await there.show();
  await there.open(
    'a.safetensors',
    without.bytes,
    /It learned “bars”, 300 images that are not in this browser/,
  );
  await expect(there.exported.locator('[data-quantity="model"]')).toContainText('bars, 61 steps');
  await there.open(
    'b.safetensors',
    withImages.bytes,
    /Its 300 images came with it: “bars” is among your data/,
  );
  await there.playground();
  await expect(other.card('bars')).toBeChecked();
  await other.playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => other.playground.step()).toBe(62);
  expect(other.playground.problems).toEqual([]);
  await context.close();
  await models.playground();

  // Exported and brought in again it is the same.
  const download = page.waitForEvent('download');
  await playground.data.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: /Images \(\.zip\)/ }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const exported = Buffer.concat(chunks);
  expect(Object.keys(unzipSync(exported)).filter((name) => name.startsWith('lying/'))).toHaveLength(150);
  await own.open();
  await own.drop([{ name: 'again.zip', bytes: exported }]);
  await expect(own.dialog.getByText('300 images')).toBeVisible();
  await own.save();
  await expect(own.card('again')).toContainText('300 · 12×12 grey');

  // Deleted, the model of it draws on and says why it does not train; undone, it does.
  await own.card('bars').click();
  await expect(playground.train.getByRole('button', { name: 'One step' })).toBeEnabled();
  await playground.data.getByRole('button', { name: 'Delete' }).click();
  await expect(own.card('Digits')).toBeChecked();
  await expect(own.card('bars')).toHaveCount(0);
  await expect(playground.train.getByText(/has learned bars .* which is deleted/)).toBeVisible();
  await playground.data.getByRole('button', { name: 'Undo' }).click();
  await expect(own.card('bars')).toBeChecked();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(62);
  expect(playground.problems).toEqual([]);
});

test('what cannot be read is named with its line and column, and nothing is lost', async ({ page }) => {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  const row = (label: string, level: string) => [label, ...new Array<string>(64).fill(level)].join();
  await own.pick([{ name: 'good.csv', bytes: Buffer.from([row('a', '0'), row('b', '255')].join('\n')) }]);
  await expect(own.dialog.getByText('2 images')).toBeVisible();
  const bad = `${row('a', '0')}${`\n${row('b', '9').replace(',9,9,', ',9,nine,')}`.repeat(2)}`;
  await own.pick([
    { name: 'bad.csv', bytes: Buffer.from(bad) },
    { name: 'drawing.png', bytes: Buffer.from(strToU8('<svg xmlns="http://www.w3.org/2000/svg"/>')) },
  ]);
  const alert = own.dialog.getByRole('alert');
  await expect(alert).toContainText("bad.csv, line 2, column 3: 'nine' is no number.");
  await expect(alert).toContainText('drawing.png is an SVG drawing');
  await expect(own.dialog.getByText('2 images')).toBeVisible();

  // A folder whose folders are classes joins what is there.
  const folder = await mkdtemp(join(tmpdir(), 'pets-'));
  for (const [name, level] of [
    ['cats', 60],
    ['dogs', 200],
  ] as const) {
    await mkdir(join(folder, name));
    const data = new Uint8Array(64).fill(level);
    await writeFile(join(folder, name, '1.png'), encodePng({ width: 8, height: 8, channels: 1, data }));
  }
  await own.dialog.getByLabel('Folder', { exact: true }).setInputFiles(folder);
  await expect(own.dialog.getByText('4 images')).toBeVisible();
  await rm(folder, { recursive: true });
  await expect(own.dialog.getByRole('listitem')).toHaveText([/^a/, /^b/, /^cats/, /^dogs/]);
  await own.dialog.getByRole('option', { name: /^dogs, / }).click();
  await own.dialog.getByRole('button', { name: 'Take out' }).click();
  await own.dialog.getByRole('option', { name: /^cats, / }).click();
  await own.dialog.getByRole('button', { name: 'Take out' }).click();
  await expect(own.dialog.getByText('2 images')).toBeVisible();

  // Closed and opened again, what was collected is still there; a choice of size shows at once.
  await page.keyboard.press('Escape');
  await own.open();
  await expect(own.dialog.getByText('2 images')).toBeVisible();
  await own.dialog.getByRole('option', { name: 'b, image 2' }).click();
  await own.dialog.getByRole('button', { name: 'Take out' }).click();
  await expect(own.dialog.getByText('1 image', { exact: true })).toBeVisible();

  // Of a wide image the middle is taken, all of it, or a window that keys move; each shows what the model will see.
  const thirds = Uint8Array.from({ length: 480 * 160 }, (_, i) => 100 * Math.floor((i % 480) / 160));
  const wide = encodePng({ width: 480, height: 160, channels: 1, data: thirds });
  await own.drop([{ name: 'wide.png', bytes: Buffer.from(wide) }]);
  const cropped = own.dialog.getByRole('img', { name: 'Image 2, cropped' });
  const shades = () => pixelsOf(cropped).then((pixels) => [...new Set(pixels.filter((_, i) => i % 4 === 0))]);
  await expect.poll(shades).toEqual(expect.arrayContaining([100]));
  expect(await shades()).not.toContain(0);
  const whole = own.dialog.getByRole('img', { name: 'Image 2, whole' });
  await expect(whole, 'made smaller in its proportions').toHaveAttribute('width', '384');
  await expect(whole).toHaveAttribute('height', '128');
  await own.dialog.getByRole('radio', { name: 'Padded' }).click();
  await expect.poll(shades).toEqual(expect.arrayContaining([0, 100, 200]));
  await own.dialog.getByRole('radio', { name: 'Window' }).click();
  await own.dialog.getByRole('slider', { name: 'Across' }).press('End');
  await expect.poll(shades).toEqual([200]);
  await expectAccessible(page);

  // Starting over asks first.
  await own.dialog.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Keep them' }).click();
  await expect(own.dialog.getByText('2 images')).toBeVisible();
  await own.dialog.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Discard them' }).click();
  await expect(own.dialog.getByText('2 images')).toBeHidden();
  expect(own.playground.problems).toEqual([]);
});

test('what was understood is said before anything is stored, and a wrong guess is corrected', async ({
  page,
}) => {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  // Twelve dark bars on light ground, levels 0 to 16, with two columns that may be the class.
  const header = ['coarse', 'fine', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)];
  const rows = Array.from({ length: 12 }, (_, n) => [
    n % 2,
    n % 3,
    ...Array.from({ length: 64 }, (_, i) => (Math.floor(i / 8) === n % 8 ? 0 : 16)),
  ]);
  const damaged = [0, 0, ...new Array<string>(64).fill('x')];
  await own.pick([
    { name: 'bars.csv', bytes: Buffer.from([header, ...rows, damaged].map((row) => row.join()).join('\n')) },
    { name: 'notes.md', bytes: Buffer.from('# Bars\nOf two kinds.\n') },
  ]);
  const facts = own.dialog.getByLabel('What was found');
  const fact = (name: string) =>
    facts
      .locator('div')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('dd');
  await expect(fact('Images')).toHaveText('12');
  await expect(fact('Size')).toHaveText('8×8, grey');
  await expect(fact('Values found')).toHaveText('0 … 16');
  await expect(fact('Classes')).toHaveText('2');
  await expect(fact('Left out')).toHaveText('2');
  await expect(own.dialog.getByRole('alert')).toContainText("bars.csv, line 14, column 3: 'x' is no number.");
  await expect(own.dialog.getByRole('alert')).toContainText('notes.md is a table of neither');
  const classes = own.dialog.getByRole('list', { name: 'Classes' }).getByRole('listitem');
  await expect(classes).toHaveText([/^0 6/, /^1 6/]);
  await expect(own.dialog.getByRole('img', { name: 'First images of the class 1' })).toBeVisible();
  await expect(own.dialog.getByRole('img', { name: 'Histogram of levels' })).toBeVisible();
  await expectAccessible(page);

  await own.dialog.getByRole('combobox', { name: 'Class column' }).click();
  await page.getByRole('option', { name: 'fine' }).click();
  await expect(classes).toHaveText([/^0 4/, /^1 4/, /^2 4/]);
  const first = async () => (await pixelsOf(own.dialog.locator('.image-grid canvas').first()))[0];
  await expect.poll(first, 'the bar of the first image is dark').toBe(0);
  await own.dialog.getByRole('switch', { name: 'Invert levels' }).click();
  await expect.poll(first).toBe(255);
  const most = own.dialog.getByRole('spinbutton', { name: 'Images at most' });
  await most.fill('6');
  await most.press('Enter');
  await expect(fact('Images')).toHaveText('6 of 12, evenly by class');
  await expect(classes).toHaveText([/^0 2/, /^1 2/, /^2 2/]);
  await expect.poll(first, 'still inverted').toBe(255);
  await own.dialog.getByRole('switch', { name: 'Transpose' }).click();
  await most.fill('70000');
  await most.press('Enter');
  await expect(fact('Images')).toHaveText('12');
  await own.save();
  await expect(own.card('My images')).toContainText('12 · 8×8 grey');
  expect(own.playground.problems).toEqual([]);
});

test('three drawings are enough for a step, and can be renamed and varied', async ({ page }) => {
  const own = new OwnData(page);
  const { playground } = own;
  await playground.open();
  await own.open();
  await own.dialog.getByRole('tab', { name: 'Draw' }).click();
  await expectAccessible(page);
  const board = own.dialog.getByRole('application', { name: /Drawing/ });
  await own.dialog.getByLabel('Class, optional').fill('line');
  for (const [drawn, share] of [0.2, 0.5, 0.8].entries()) {
    const box = await board.boundingBox();
    if (!box) throw new Error('There is no board.');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.1, share));
    await page.mouse.down();
    await page.mouse.move(...at(0.9, share), { steps: 4 });
    await page.mouse.up();
    await own.dialog.getByRole('button', { name: 'Add the drawing' }).click();
    await expect(
      own.dialog.getByText(`${drawn + 1} ${drawn === 0 ? 'image' : 'images'}`, { exact: true }),
    ).toBeVisible();
  }
  const pixels = await pixelsOf(own.dialog.locator('.image-grid canvas').first());
  const opaque = pixels.filter((value, i) => i % 4 === 3 && value === 255).length;
  // However the grid scales them: what is half covered counts by half.
  const white = pixels.reduce((sum, value, i) => (i % 4 === 0 ? sum + value / 255 : sum), 0);
  expect(white / opaque, 'ten of 144 pixels of each are white').toBeGreaterThan(0.05);
  await own.dialog.getByRole('slider', { name: /Shift/ }).press('ArrowRight');
  await own.dialog.getByLabel('Name', { exact: true }).fill('Lines');
  await own.save();
  await expect(own.card('Lines')).toContainText('3 · 12×12 grey');
  await expect(
    playground.data.getByRole('group', { name: 'Show classes' }),
    'there is nothing to choose among one',
  ).toHaveCount(0);
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);

  await playground.data.getByRole('button', { name: 'Edit', exact: true }).click();
  const edit = page.getByRole('dialog');
  await expect(edit.getByRole('slider', { name: /Shift/ })).toHaveAttribute('aria-valuenow', '1');
  await edit.getByLabel('Name', { exact: true }).fill('Three lines');
  await edit.getByRole('switch', { name: 'Flip top and bottom' }).click();
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(own.card('Three lines')).toBeChecked();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(2);
  expect(playground.problems).toEqual([]);
});

test.describe('the webcam', () => {
  /** A stream of a canvas that changes, in place of a camera that a machine of tests lacks. */
  const fakeWebcam = (page: Page) =>
    page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [64, 48];
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        let frame = 0;
        setInterval(() => {
          context.fillStyle = `hsl(${frame++ * 7} 90% 50%)`;
          context.fillRect(0, 0, 64, 48);
        }, 30);
        return canvas.captureStream(30);
      };
    });

  test('gives frames, one at a press or two a second', async ({ page }) => {
    await fakeWebcam(page);
    const own = new OwnData(page);
    await own.playground.open();
    await own.open();
    await own.dialog.getByRole('tab', { name: 'Webcam' }).click();
    await own.dialog.getByRole('button', { name: 'Start the webcam' }).click();
    await own.dialog.getByRole('button', { name: 'Capture', exact: true }).click();
    await expect(own.dialog.getByText('1 image', { exact: true })).toBeVisible();
    await own.dialog.getByRole('button', { name: 'Two a second' }).click();
    await expect(own.dialog.getByText('3 images')).toBeVisible();
    await own.dialog.getByRole('button', { name: 'Stop the webcam' }).click();
    await expect(own.dialog.getByRole('radio', { name: 'RGB' })).toBeChecked();
    const pixels = await pixelsOf(own.dialog.locator('.image-grid canvas').first());
    expect(pixels.some((value, i) => i % 4 === 0 && Math.abs(value - (pixels[i + 1] as number)) > 50)).toBe(
      true,
    );
  });

  test('that is denied says what to do', async ({ page }) => {
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('denied', 'NotAllowedError'));
    });
    const own = new OwnData(page);
    await own.playground.open();
    await own.open();
    await own.dialog.getByRole('tab', { name: 'Webcam' }).click();
    await own.dialog.getByRole('button', { name: 'Start the webcam' }).click();
    await expectAccessible(page);
    await expect(own.dialog.getByRole('alert')).toContainText('Allow it beside the address');
  });
});
