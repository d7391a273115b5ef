import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { beforeEngine, tinyModel } from './engine';
import { type Heap, Heaps } from './heap';
import { modelFile } from './modelFile';
import { ModelsPage } from './modelsPage';
import { Playground } from './playground';

const MB = 2 ** 20;
const sizeOf = ({ objects, buffers }: Heap) => objects + buffers;

/** LONG_RUN_STEPS=10000 for a long run. */
const last = Number(process.env.LONG_RUN_STEPS ?? 500);
const first = last / 10;

test(`the heaps of page and worker are after ${last} steps as they were after ${first}`, async ({ page }) => {
  test.setTimeout(300_000 + 200 * last);
  // On one thread, since other threads have nothing to do in so small a model but to wait.
  await beforeEngine(page, () => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 }));
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  const heaps = await Heaps.of(page);
  const after = async (steps: number) => {
    await playground.type('Training steps', String(steps));
    await playground.startButton.click();
    await expect(playground.status).toHaveAttribute('data-status', 'finished', {
      timeout: 200 * last + 60_000,
    });
    const { page, worker } = await heaps.collected();
    const megabytes = ({ objects, buffers }: Heap) =>
      `${(objects / MB).toFixed(2)} MB of objects, ${(buffers / MB).toFixed(2)} MB of buffers`;
    console.log(`${steps} steps: page ${megabytes(page)}; worker ${megabytes(worker)}`);
    return { page: sizeOf(page), worker: sizeOf(worker) };
  };
  const before = await after(first);
  const now = await after(last);
  // The losses stay: some numbers a step.
  const kept = 2 * MB + 100 * last;
  expect(now.page - before.page, 'bytes more in the page').toBeLessThan(kept);
  expect(now.worker - before.worker, 'bytes more in the worker').toBeLessThan(kept);
  expect(playground.problems).toEqual([]);
});

test('a model file of 33 MB is refused in little more than its own memory, none of it in the page', async ({
  page,
}, testInfo) => {
  const playground = new Playground(page);
  await playground.open();
  const models = new ModelsPage(page);
  await models.show();
  const file = modelFile(
    { image_channels: 3, image_size: 32, n_channels: 64, ch_mults: [1, 2, 2], is_attn: [false, false, true] },
    (tensors) => tensors.get('final.bias')?.fill(Number.NaN),
  );
  const path = testInfo.outputPath('large.safetensors');
  await writeFile(path, file);
  const heaps = await Heaps.of(page);
  const before = await heaps.collected();
  let most = { page: 0, worker: 0 };
  let done = false;
  const watch = (async () => {
    while (!done) {
      const now = await heaps.now();
      most = {
        page: Math.max(most.page, now.page.buffers - before.page.buffers),
        worker: Math.max(most.worker, now.worker.buffers - before.worker.buffers),
      };
    }
  })();
  await models.opened.locator('input[type=file]').setInputFiles(path);
  await expect(models.opened.locator('.notice')).toContainText("'final.bias' holds NaN");
  done = true;
  await watch;
  console.log(`${file.length} bytes: page ${most.page}, worker ${most.worker}`);
  expect(most.worker / file.length).toBeGreaterThan(0.9);
  expect((most.page + most.worker) / file.length).toBeLessThan(1.5);
  expect(most.page / file.length).toBeLessThan(0.1);
});
