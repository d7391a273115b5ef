import { expect, type Page, test } from '@playwright/test';
import { Playground } from './playground';

/** A page that keeps its workers where a test can reach them. */
async function reachWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const reached: Worker[] = [];
    Object.assign(window, { reachedWorkers: reached });
    window.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        reached.push(this);
      }
    };
  });
}

async function tinyModel(playground: Playground): Promise<void> {
  await playground.type('Channels', '8');
  await playground.train.getByText('More', { exact: false }).first().click();
  await playground.type('Groups', '4');
  await playground.type('Batch', '4');
}

async function trainTo(playground: Playground, step: number): Promise<void> {
  await playground.startButton.click();
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBeGreaterThan(step);
}

/** Trains, pauses (which saves), and goes on from there. */
async function trainSaveAndGoOn(playground: Playground): Promise<number> {
  await tinyModel(playground);
  await trainTo(playground, 20);
  await playground.pause();
  const saved = await playground.step();
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'training');
  return saved;
}

const faults: [string, (page: Page) => Promise<unknown>, RegExp][] = [
  [
    'is terminated',
    (page) =>
      page.evaluate(() => {
        for (const worker of (window as never as { reachedWorkers: Worker[] }).reachedWorkers)
          worker.terminate();
      }),
    /its worker was ended by the browser/,
  ],
  [
    'throws',
    async (page) => {
      const engine = page.workers().find((worker) => worker.url().includes('worker-'));
      await engine?.evaluate(() => {
        setTimeout(() => {
          throw new Error('an injected fault');
        });
      });
    },
    /an injected fault/,
  ],
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
