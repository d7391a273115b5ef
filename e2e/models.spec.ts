import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { ModelsPage } from './modelsPage';
import { Playground } from './playground';

const lastLoss = (page: Page) => page.locator('[data-quantity="last-loss"]').textContent();

async function trained(page: Page, steps: number): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Training steps', String(steps));
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  return playground;
}

async function oneMoreStep(playground: Playground): Promise<string | null> {
  const before = await playground.step();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(before + 1);
  // It has ended when it is saved.
  await expect(playground.status).toHaveAttribute('data-status', /paused|finished/);
  return lastLoss(playground.page);
}

test('a model leaves as a file, goes on elsewhere to the bit, and damaged files change nothing', async ({
  page,
  browser,
}) => {
  const playground = await trained(page, 12);
  const models = new ModelsPage(page);
  await models.show();
  const all = await models.export();
  expect(all.name).toBe('ddpm-digits-12-steps-training.safetensors');
  const half = await models.export('Weights only', 'float16');
  expect(half.name).toBe('ddpm-digits-12-steps-ema-f16.safetensors');
  const bundle = readBundle(all.bytes);
  expect(bundle.training?.step).toBe(12);
  expect(bundle.training?.losses).toHaveLength(12);
  const { tensors } = readSafetensors(half.bytes);
  expect(new Set([...tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  const info = await promisify(execFile)('npm', [
    'run',
    '--silent',
    'ddpm',
    '--',
    'info',
    half.path,
    '--json',
  ]);
  expect(JSON.parse(info.stdout)).toMatchObject({ kind: 'model', config: { n_channels: 32 } });

  await models.playground();
  const next = await oneMoreStep(playground);

  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.open();
  const there = new ModelsPage(other.page);
  await there.show();
  await there.open('mine.safetensors', all.bytes, /as it stood after 12 steps/);
  await there.playground();
  expect(await other.step()).toBe(12);
  expect(await oneMoreStep(other)).toBe(next);

  // A damaged file while it trains: it trains on.
  await other.type('Training steps', '5000');
  await other.startButton.click();
  await expect(other.status).toHaveAttribute('data-status', 'training');
  await there.show();
  const cut = all.bytes.subarray(0, all.bytes.length - 100);
  await there.open('cut.safetensors', cut, /“cut.safetensors” cannot be opened: .*cut off.*stays as it is/);
  await there.playground();
  const before = await other.step();
  await expect(other.status).toHaveAttribute('data-status', 'training');
  await expect.poll(() => other.step()).toBeGreaterThan(before);

  // A plain model takes its place, the run ends, and undo brings the one before back.
  await there.show();
  await there.open('half.safetensors', half.bytes, /moments start afresh.*learns Digits/);
  await there.playground();
  expect(await other.step()).toBe(0);
  await expect(other.startButton).toHaveText('Continue training');
  await expect(other.train.getByRole('img', { name: /^Samples of the model/ })).toBeVisible();
  await there.show();
  await there.opened.getByRole('button', { name: 'Undo' }).click();
  await expect(there.opened.locator('.notice')).toContainText('is back');
  await there.playground();
  expect(await other.step()).toBeGreaterThanOrEqual(before);
  expect([...playground.problems, ...other.problems]).toEqual([]);
  await context.close();
});

test("the reference's state dict asks for what its shapes do not tell, and samples at a size of no data set", async ({
  page,
}) => {
  const playground = await trained(page, 2);
  const models = new ModelsPage(page);
  await models.show();
  const { bytes } = await models.export('Weights only');
  const stateDict = Buffer.from(writeSafetensors(readSafetensors(bytes).tensors));
  await models.opened
    .locator('input[type=file]')
    .setInputFiles({ name: 'reference.safetensors', mimeType: '', buffer: stateDict });
  const form = models.opened.getByRole('form');
  await expect(form).toContainText('grey, 32 channels times 1, 2, 1 block a level, attention at level 2');
  const size = form.getByRole('spinbutton', { name: 'Image size' });
  await expect(size).toHaveValue('8');
  await size.fill('13');
  await size.press('Tab');
  await expect(form.getByRole('alert')).toContainText('13 pixels do not allow');
  await expect(form.getByRole('button', { name: 'Open the model' })).toBeDisabled();
  await size.fill('12');
  await size.press('Tab');
  await form.getByRole('button', { name: 'Open the model' }).click();
  await expect(models.opened.locator('.notice')).toContainText(
    'samples images of 12×12×1; no data set of this page has images like that',
  );
  await models.playground();
  await expect(playground.train.getByText('The model takes images of 12×12×1')).toBeVisible();
  const { sample } = playground;
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('5');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.getByText('The images are finished')).toBeAttached();
  expect(playground.problems).toEqual([]);
});

test('a checkpoint of PyTorch opens with what it tells filled in, and what was taken is said', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const models = new ModelsPage(page);
  await models.show();
  const choose = (name: string) =>
    models.opened.locator('input[type=file]').setInputFiles(`golden/checkpoints/${name}`);
  await choose('lightning.ckpt');
  const form = models.opened.getByRole('form');
  await expect(form).toContainText('grey, 4 channels times 1, 2, 1 block a level, attention at level 2');
  for (const [name, value] of [
    ['Image size', '8'],
    ['Diffusion steps', '50'],
    ['Groups', '2'],
    ['Final groups', '2'],
  ] as const)
    await expect(form.getByRole('spinbutton', { name, exact: true })).toHaveValue(value);
  await form.getByRole('button', { name: 'Open the model' }).click();
  const message = models.opened.locator('.notice');
  await expect(message).toContainText(
    "The weights under 'state_dict.eps_model.' are used. Not read: state_dict.betas,",
  );

  await choose('ema-pytorch.pt');
  await form.getByRole('button', { name: 'Open the model' }).click();
  await expect(message).toContainText("The EMA weights under 'ema.ema_model.model.' are used.");
  const raw = readSafetensors((await models.export('Weights only', 'Raw')).bytes).tensors;
  const plain = readSafetensors(await readFile('golden/checkpoints/plain.safetensors')).tensors;
  for (const [name, { data }] of plain) expect(raw.get(name)?.data).toEqual(data);

  await choose('whole-module.pt');
  await expect(message).toContainText(
    "“whole-module.pt” cannot be opened: It holds 'ddpm_scale_out.unet.UNet'",
  );
  expect(playground.problems).toEqual([]);
});

test('checkpoints: saved, listed after a reload, loaded, copied, renamed, deleted and brought back', async ({
  page,
}) => {
  const playground = await trained(page, 5);
  const models = new ModelsPage(page);
  await models.show();
  await models.save('Early');
  const item = models.checkpoints.getByRole('listitem').first();
  await expect(item).toContainText('Digits');
  await expect(item).toContainText('5 steps');
  await models.playground();
  await oneMoreStep(playground);
  const seventh = await oneMoreStep(playground);
  await page.reload();
  await playground.ready();
  await expect.poll(() => playground.step()).toBe(7);

  await models.show();
  await expect.poll(() => models.names).toEqual(['Early']);
  await models.act('Load', 'Early');
  await expect(models.message).toContainText('as it stood after 5 steps');
  await models.playground();
  expect(await playground.step()).toBe(5);
  await oneMoreStep(playground);
  expect(await oneMoreStep(playground)).toBe(seventh);

  await models.show();
  await models.act('Duplicate', 'Early');
  await expect(models.message).toContainText('“Early (2)” is a copy');
  await models.act('Rename', 'Early (2)');
  await page.keyboard.type('Late');
  await page.keyboard.press('Enter');
  await expect.poll(() => models.names).toEqual(['Late', 'Early']);
  await models.act('Delete', 'Early');
  await expect.poll(() => models.names).toEqual(['Late']);
  await models.checkpoints.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => models.names).toEqual(['Late', 'Early']);

  // A byte that the disk lost.
  await page.evaluate(async () => {
    const open = indexedDB.open('ddpm-playground-checkpoints');
    await new Promise((resolve) => (open.onsuccess = resolve));
    const store = open.result.transaction('bundles', 'readwrite').objectStore('bundles');
    const cursor = store.openCursor();
    await new Promise<void>((resolve) => {
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve();
        cursor.result.update((cursor.result.value as Uint8Array).with(5000, 1).with(5001, 2));
        cursor.result.continue();
      };
    });
    open.result.close();
  });
  await models.act('Load', 'Late');
  await expect(models.message).toContainText("'Late' is damaged and was set aside");
  await expect(models.checkpoints.getByText('Damaged and set aside')).toBeVisible();
  expect(await models.names).toEqual(['Late', 'Early']);
  await models.playground();
  expect(await playground.step()).toBe(7);
  expect(playground.problems).toEqual([]);
});

test('the pretrained models are listed with what they draw and what was measured, and open in their views', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const models = new ModelsPage(page);
  await models.show();
  const list = page.getByRole('region', { name: 'Pretrained models' });
  const cards = list.getByRole('listitem');
  expect(await cards.count()).toBeGreaterThanOrEqual(6);
  for (const card of await cards.all()) {
    const image = card.getByRole('img');
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(50);
    await expect(card).toContainText(/Trained[\d,]+ steps/);
  }
  await expect(cards.filter({ hasText: 'Digits by class' })).toContainText(/Fréchet distance\d/);
  const saved = page.waitForEvent('download');
  await list.getByRole('link', { name: 'Save the file of Rings' }).click();
  expect((await saved).suggestedFilename()).toBe('points-rings.safetensors');

  await list.getByRole('link', { name: 'Open Digits by class' }).click();
  const { sample } = playground;
  await expect(sample.getByText(/learned Digits with its classes/)).toBeVisible();
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
  await expect(sample.locator('.image-grid__names').first()).toHaveText('0123456789');
  await expect(sample.getByRole('option', { name: 'Image 13, class 2' }).first()).toBeVisible();

  await models.show();
  await list.getByRole('link', { name: 'Open Rings' }).click();
  await expect(page.getByRole('radio', { name: 'Rings' })).toBeChecked();
  await expect(page.locator('[data-pretrained]')).toBeVisible();
  expect(playground.problems).toEqual([]);
});
