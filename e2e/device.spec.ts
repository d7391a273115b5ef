import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { beforeEngine, engineOf, tinyModel, trainTo } from './engine';
import { keepDevice, lose, type Within, withDevice } from './keptDevice';
import { Playground } from './playground';
import { softwareBrowser } from './softwareAdapter';

/** One context for all: kernels that one visit compiled are there for the next. */
let context: BrowserContext;
test.beforeAll(async ({ baseURL }) => {
  const browser = await softwareBrowser();
  context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), serviceWorkers: 'block' });
});
test.afterAll(async () => context.browser()?.close());

/** A page whose engine computes on the software adapter's device, and a model that has been trained and saved there. */
async function onDevice(): Promise<{ page: Page; playground: Playground; saved: number }> {
  const page = await context.newPage();
  await beforeEngine(page, keepDevice);
  const playground = new Playground(page);
  await playground.open('/?backend=webgpu');
  await expect(playground.badge).toContainText('WebGPU');
  await tinyModel(playground, 2);
  // On the next backend its steps are so quick that the usual number would be taken before anybody looks.
  await playground.type('Training steps', '1000000');
  await trainTo(playground, await playground.step());
  await playground.pause();
  return { page, playground, saved: await playground.step() };
}

/** The badge and the message say which backend goes on, and from where. */
async function saysWhatGoesOn({ page, badge, train }: Playground, saved: number): Promise<void> {
  await expect(badge).toContainText('WebAssembly');
  const message = `The model is back as it was at step ${saved.toLocaleString('en')}, and the engine goes on with WebAssembly.`;
  await expect(train.getByText(new RegExp(`The GPU stopped .*${message}`))).toBeVisible();
  await badge.click();
  await expect(page.getByText('WebGPU is not used: it failed during this visit.')).toBeVisible();
  await page.keyboard.press('Escape');
}

test('a device that is lost in training and sampling: the run goes on with the next backend, samples can be drawn again', async () => {
  const { page, playground, saved } = await onDevice();
  const { sample } = playground;
  const status = sample.locator('.sample');
  await trainTo(playground, saved);
  await sample.getByRole('radio', { name: '1', exact: true }).click();
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(status).toHaveAttribute('data-status', 'running');
  await lose(page);
  await saysWhatGoesOn(playground, saved);
  await expect(sample.getByText(/The GPU stopped .* goes on with WebAssembly/)).toBeVisible();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  await expect.poll(() => playground.step()).toBeGreaterThan(saved + 20);
  await playground.pause();
  await sample.getByRole('radio', { name: 'Full', exact: true }).click();
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(status).toHaveAttribute('data-status', 'finished');
  expect(playground.problems).toEqual([]);
  await page.close();
});

test('a device that is lost in a save: what was saved before stays, and the step is taken again', async () => {
  const { page, playground, saved } = await onDevice();
  const takeStep = async (step: number) => {
    await playground.train.getByRole('button', { name: 'One step' }).click();
    await expect.poll(() => playground.step()).toBe(step);
    await expect(playground.status).toHaveAttribute('data-status', 'paused');
  };
  // A step reads a few buffers, and the save after it all weights.
  const before = await withDevice(page, ({ readings }) => readings);
  await takeStep(saved + 1);
  const readings = (await withDevice(page, (within) => within.readings)) - before;
  expect(readings).toBeGreaterThan(100);
  const last = before + 2 * readings - 20;
  await (await engineOf(page)).evaluate((reading) => {
    (self as never as { within: Within }).within.lastReading = reading;
  }, last);
  await takeStep(saved + 2);
  await saysWhatGoesOn(playground, saved + 1);
  await page.unroute('**/assets/engineWorker-*.js');
  await page.goto('/');
  await playground.ready();
  await expect.poll(() => playground.step()).toBe(saved + 2);
  await expect(playground.train.getByText(/set aside|cannot be brought back/)).toBeHidden();
  expect(playground.problems).toEqual([]);
  await page.close();
});

test('a GPU whose memory is full: the next backend goes on with the model as it was saved', async () => {
  const { page, playground, saved } = await onDevice();
  await withDevice(page, ({ device }) => {
    const { createBuffer } = GPUDevice.prototype;
    // What a browser does where the memory does not suffice: a buffer that is none, and an event.
    GPUDevice.prototype.createBuffer = function (descriptor) {
      GPUDevice.prototype.createBuffer = createBuffer;
      device.pushErrorScope('validation');
      const none = createBuffer.call(this, {
        ...descriptor,
        size: 4 * Math.ceil(device.limits.maxBufferSize / 4) + 8,
      });
      void device.popErrorScope();
      const error = new GPUOutOfMemoryError('Failed to allocate memory for a buffer.');
      queueMicrotask(() => device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error })));
      return none;
    };
  });
  await playground.type('Batch', '8');
  await playground.startButton.click();
  await saysWhatGoesOn(playground, saved);
  await expect(playground.train.getByText(/The GPU stopped \(its memory is full\)/)).toBeVisible();
  await expect.poll(() => playground.step()).toBeGreaterThan(saved + 20);
  expect(await playground.loss()).toBeGreaterThan(0);
  await page.close();
});

test('an adapter that computes gradients wrongly is found out before it trains: the next backend, and why', async () => {
  const page = await context.newPage();
  await beforeEngine(page, () => {
    const { createShaderModule } = GPUDevice.prototype;
    // Weights' gradients that are too large by a hundredth.
    GPUDevice.prototype.createShaderModule = function (descriptor) {
      const code = descriptor.code
        .replace('gradient[i / 4] = v;', 'gradient[i / 4] = 1.01 * v;')
        .replace('gradient[i] = v.x;', 'gradient[i] = 1.01 * v.x;');
      return createShaderModule.call(this, { ...descriptor, code });
    };
  });
  const playground = new Playground(page);
  await playground.open('/?backend=webgpu');
  await expect(playground.badge).toContainText('WebAssembly');
  await playground.badge.click();
  await expect(page.getByText(/WebGPU is not used: it computes the gradient of .* wrongly/)).toBeVisible();
  await page.keyboard.press('Escape');
  await tinyModel(playground);
  await trainTo(playground, await playground.step());
  await playground.pause();
  expect(playground.problems).toEqual([]);
  await page.close();
});
