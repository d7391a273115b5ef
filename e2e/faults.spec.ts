import { expect, type Page, test } from '@playwright/test';
import { engineOf, tinyModel, trainedTiny, trainTo } from './engine';
import { endWorkers, reachWorkers, spoilNoise, throwInEngine } from './injectedFaults';
import { modelFile } from './modelFile';
import { ModelsPage } from './modelsPage';
import { Playground } from './playground';

/** Trains, pauses (which saves), and goes on from there. */
async function trainSaveAndGoOn(playground: Playground): Promise<number> {
  const saved = await trainedTiny(playground, 20);
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  return saved;
}

const faults: [string, (page: Page) => Promise<unknown>, RegExp][] = [
  ['is terminated', endWorkers, /its worker was ended by the browser/],
  ['throws', throwInEngine, /an injected fault/],
];
for (const [what, inject, message] of faults) {
  test(`the engine's worker ${what}: it starts again with the model as it was saved, without a reload`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await reachWorkers(page);
    const playground = new Playground(page);
    await playground.open();
    const saved = await trainSaveAndGoOn(playground);
    await inject(page);
    const panel = page.getByRole('alert', { name: 'The engine does not run' });
    await expect(panel).toContainText(message);

    await panel.getByRole('button', { name: 'Copy a report' }).click();
    await expect(panel.getByRole('button', { name: 'Report copied' })).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toMatch(/^DDPM playground: \d/);
    expect(report).toContain('Backend: wasm');
    expect(report).toMatch(/engine: failed: The engine stopped/);

    await panel.getByRole('button', { name: 'Start the engine again' }).click();
    await expect(panel).toBeHidden();
    await expect(playground.train.getByText(/The model is back as it was at step/)).toBeVisible();
    expect(await playground.step()).toBeGreaterThanOrEqual(saved);
    const restored = await playground.step();
    await trainTo(playground, restored + 5);
    await playground.pause();
    const own = playground.problems.filter((text) => !text.includes('injected'));
    expect(own).toEqual([]);
  });
}

test('where all storage is denied, the page trains, and says that it keeps nothing', async ({ page }) => {
  const deny = () => {
    const refuse = () => {
      throw new DOMException('Storage is denied.', 'SecurityError');
    };
    IDBFactory.prototype.open = refuse;
    if ('localStorage' in globalThis)
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, { get: refuse });
  };
  await page.addInitScript(deny);
  page.on('worker', (worker) => void worker.evaluate(deny).catch(() => {}));
  const playground = new Playground(page);
  await playground.open();
  await playground.openGroups();
  await tinyModel(playground);
  await trainTo(playground, 5);
  await playground.pause();
  await expect(
    playground.train.getByText(/could not be saved in this browser \(Storage is denied\.\)/),
  ).toBeVisible();
  await trainTo(playground, (await playground.step()) + 5);
  await playground.pause();
  expect(playground.problems).toEqual([]);
});

test('of two tabs the first one saves; the second says so, and loses nothing of the first', async ({
  page,
  context,
}) => {
  const first = new Playground(page);
  await first.open();
  const kept = await trainedTiny(first);
  const second = new Playground(await context.newPage());
  await second.open();
  expect(await second.step()).toBe(kept);
  await trainTo(second, kept + 5);
  await second.pause();
  await expect(
    second.train.getByText(/another tab of this page is open and saves its model there/),
  ).toBeVisible();
  await first.page.bringToFront();
  await first.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => first.step()).toBe(kept + 1);
  await expect(first.status).toHaveAttribute('data-status', 'paused');
  // The first is gone, but what it saved is newer than what the second began with.
  await first.page.close();
  const meanwhile = second.train.getByText(/another tab of this page has saved its model there meanwhile/);
  // The browser takes its time to say that the first is gone.
  await expect(async () => {
    await second.train.getByRole('button', { name: 'One step' }).click();
    await expect(meanwhile).toBeVisible({ timeout: 1000 });
  }).toPass();
  await second.page.reload();
  await second.ready();
  await expect.poll(() => second.step()).toBe(kept + 1);
  expect([...first.problems, ...second.problems]).toEqual([]);
});

test('a second tab says that the first one trains, until it stops or is closed', async ({
  page,
  context,
}) => {
  const first = new Playground(page);
  await first.open();
  await tinyModel(first);
  await first.type('Training steps', '1000000');
  const second = new Playground(await context.newPage());
  await second.open();
  const notice = second.train.getByText(
    /^Another tab of this page is training\. .* Pause the training there/,
  );
  await expect(notice).toHaveCount(0);
  await first.startButton.click();
  await expect(notice).toBeVisible();
  await expect(first.train.getByText(/^Another tab/)).toHaveCount(0);
  await first.pause();
  await expect(notice).toHaveCount(0);

  await first.startButton.click();
  const third = new Playground(await context.newPage());
  await third.visit('/');
  await expect(third.train.getByText(/^Another tab of this page is training/)).toBeVisible();
  await first.page.close();
  await expect(third.train.getByText(/^Another tab/)).toHaveCount(0);
  await expect(notice).toHaveCount(0);
  expect([...first.problems, ...second.problems, ...third.problems]).toEqual([]);
});

test('a loss that is no number ends in the last sound weights, with the step and a lower rate', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  await trainTo(playground, 10);
  const mend = await spoilNoise(page);
  await expect(playground.status).toHaveAttribute('data-status', 'diverged');
  await expect(
    playground.train.getByText(
      /The loss of step \d+ is NaN: .* The weights of step \d+ are kept\. .* lower learning rate: 0\.\d+/,
    ),
  ).toBeVisible();
  const kept = await playground.step();
  await mend();
  await playground.train.getByRole('button', { name: 'Go on with 0.0005' }).click();
  await expect.poll(() => playground.step()).toBeGreaterThan(kept + 5);
  await playground.pause();
  expect(await playground.loss()).toBeGreaterThan(0);
  expect(playground.problems).toEqual([]);
});

test('samples that overflow end where it began, and say so; the page goes on', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const models = new ModelsPage(page);
  await models.show();
  const huge = modelFile({}, (weights) => {
    for (const values of weights.values()) values.fill(1e30);
  });
  await models.open('huge.safetensors', huge, /huge/);
  await models.playground();
  await playground.switchToOwn();
  await playground.sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(
    playground.sample.getByText(/NaN or infinite from step 1 of \d+ \(t = \d+\) on/),
  ).toBeVisible();
  await playground.sample.getByRole('radio', { name: 'Pretrained' }).click();
  await playground.sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(playground.sample.getByText('The images are finished')).toBeAttached();
  expect(playground.problems).toEqual([]);
});

test('memory that cannot grow ends a run with what to do; the model stays, and trains on', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const step = await trainedTiny(playground);
  const engine = await engineOf(page);
  await engine.evaluate(() => {
    Object.assign(self, { grow: WebAssembly.Memory.prototype.grow });
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
    };
  });
  await playground.type('Batch', '1024');
  await playground.startButton.click();
  const message = playground.train.getByText(/Out of memory: .* Take a smaller batch or fewer channels/);
  await expect(message).toBeVisible();
  await expect(playground.status).toHaveAttribute('data-status', 'failed');
  expect(await playground.step()).toBe(step);
  await playground.type('Batch', '4');
  await trainTo(playground, step + 5);
  await playground.pause();
  expect(await playground.loss()).toBeGreaterThan(0);
  await page.reload();
  await playground.ready();
  await expect.poll(() => playground.step()).toBeGreaterThan(step + 5);
  expect(playground.problems).toEqual([]);
});

test.describe('without the service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('a data set that the network does not bring is said; the model stays, and it can be tried again', async ({
    page,
    context,
  }) => {
    const playground = new Playground(page);
    await playground.open();
    const step = await trainedTiny(playground, 5);
    await context.setOffline(true);
    await playground.data
      .getByRole('radio', { name: /^Fashion/ })
      .first()
      .click();
    await expect(playground.data.getByText(/fashion.* could not be read/i)).toBeVisible();
    expect(await playground.step()).toBe(step);
    await context.setOffline(false);
    await playground.data.getByRole('button', { name: 'Try again' }).click();
    await expect(playground.data.getByText(/could not be read/)).toBeHidden();
    await playground.data
      .getByRole('radio', { name: /^Digits/ })
      .first()
      .click();
    await trainTo(playground, step + 3);
    await playground.pause();
  });

  test('a view whose script does not come is said; the other views stay, and training goes on', async ({
    page,
  }) => {
    const playground = new Playground(page);
    await playground.open();
    await tinyModel(playground);
    await trainTo(playground, 5);
    await page.route('**/assets/**/*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Quality', exact: true }).click();
    const panel = page.getByRole('alert', { name: 'This view cannot be shown' });
    await expect(panel).toContainText('training goes on');
    await expect(panel.getByRole('button', { name: 'Copy a report' })).toBeVisible();
    await page.goBack();
    await expect(panel).toBeHidden();
    const back = await playground.step();
    await expect.poll(() => playground.step()).toBeGreaterThan(back);

    await page.getByRole('link', { name: 'Quality', exact: true }).click();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel).toBeVisible();
    await page.unroute('**/assets/**/*.js');
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('main[data-view="quality"]').getByRole('region').first()).toBeVisible();
    await expect(panel).toBeHidden();

    await page.route('**/assets/**/*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Bound', exact: true }).click();
    await expect(panel).toBeVisible();
    await page.unroute('**/assets/**/*.js');
    await panel.getByRole('button', { name: 'Reload the page' }).click();
    await expect(panel).toBeHidden();
    await page.getByRole('link', { name: 'Playground', exact: true }).click();
    await playground.ready();
    await expect.poll(() => playground.step()).toBeGreaterThan(back);
  });

  test('without its WebAssembly the engine takes the next backend, and says why', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'not here' }));
    const playground = new Playground(page);
    await playground.open();
    await expect(playground.badge).toHaveAttribute('data-backend', /webgl|cpu/);
    await playground.badge.click();
    await expect(page.getByText(/WebAssembly is not used/)).toBeVisible();
  });
});
