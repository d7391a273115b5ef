import { expect } from '@playwright/test';
import { newestSave } from '../autosaves';
import { endWorkers, room, spoilNoise, throwInEngine } from '../injectedFaults';
import { lose } from '../keptDevice';
import type { SoakSession } from './session';

type Action = (session: SoakSession) => Promise<void>;

/** What a visitor does. Each begins and ends in the playground. */
export const visitorActions: Record<string, Action> = {
  train: (session) => session.train(),
  pause: (session) => session.pause(),
  sample: async ({ playground: { sample } }) => {
    const shown = sample.locator('.sample');
    await sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(shown).toHaveAttribute('data-step', '5');
    await expect(shown).toHaveAttribute('data-status', 'finished');
  },
  'look at a view': async (session) => {
    const { page } = session;
    const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
    await session.choose(await links.all()).click();
    await expect(page.locator('main').getByRole('region').first()).toBeVisible();
    await session.showPlayground();
  },
  'save a checkpoint': async (session) => {
    const { models, checkpoints } = session;
    const name = `Checkpoint ${session.random.nextUint32()}`;
    await models.show();
    await models.save(name);
    session.checkpoints = [name, ...checkpoints];
    const oldest = checkpoints[MOST_CHECKPOINTS - 1];
    if (oldest !== undefined) {
      await models.act('Delete', oldest);
      await expect.poll(() => models.names).not.toContain(oldest);
      session.checkpoints = session.checkpoints.filter((one) => one !== oldest);
    }
    await session.showPlayground();
  },
  'load a checkpoint': async (session) => {
    const name = session.choose(session.checkpoints);
    if (name === undefined) return;
    await session.models.show();
    await session.models.act('Load', name);
    await expect(session.models.message).toContainText(name);
    await session.showPlayground();
    await session.pause();
    await session.isBack(0);
  },
  reload: (session) => session.reload(),
};

const MOST_CHECKPOINTS = 3;

/** What goes wrong, and how the page comes out of it. */
export const faults: Record<string, Action> = {
  'the worker is ended': (session) => engineStops(session, () => endWorkers(session.page)),
  'the worker throws': (session) => engineStops(session, () => throwInEngine(session.page)),
  'the loss is NaN': async (session) => {
    const { playground } = session;
    await session.train();
    const mend = await spoilNoise(session.page);
    await expect(playground.status).toHaveAttribute('data-status', 'diverged');
    await mend();
    await playground.train.getByRole('button', { name: /^Go on with/ }).click();
    await session.train();
    // The rate that the page has chosen would fall with each of these.
    await playground.type('Learning rate', '0.001');
  },
  'the storage is full': async (session) => {
    const { page, playground } = session;
    const refusal = playground.train.getByText(/could not be saved in this browser/);
    const steps = (then: () => Promise<void>) =>
      expect(async () => {
        await playground.train.getByRole('button', { name: 'One step' }).click();
        await then();
      }).toPass();
    await session.pause();
    await room(page, 1000);
    // The browser looks how much room there is every half minute.
    await steps(() => expect(refusal).toBeVisible({ timeout: 1000 }));
    await room(page, null);
    await steps(() => expect(refusal).toBeHidden({ timeout: 1000 }));
    await session.count();
  },
  'the network is lost': async (session) => {
    const context = session.page.context();
    await context.setOffline(true);
    await session.train();
    await context.setOffline(false);
  },
  'the clock is set': async (session) => {
    const days = session.choose([-2, -1, 1, 2]);
    await session.page.clock.setSystemTime(Date.now() + days * 86_400_000);
    await session.train();
  },
  'the GPU is lost': async (session) => {
    const { page, playground } = session;
    await session.pause();
    await session.reload('/?backend=webgpu');
    await expect(playground.badge).toContainText('WebGPU');
    await playground.startButton.click();
    const before = await playground.step();
    await expect.poll(() => playground.step()).toBeGreaterThan(before);
    const saved = (await newestSave(page))?.step ?? 0;
    await lose(page);
    await expect(playground.badge).toContainText('WebAssembly');
    await session.isBack(saved);
    await session.train();
    await session.reload();
  },
};

/** The engine's worker ends in the middle of training, and is started again by hand: no saved step is lost. */
async function engineStops(session: SoakSession, stop: () => Promise<unknown>): Promise<void> {
  const { page } = session;
  await session.train();
  const saved = (await newestSave(page))?.step ?? 0;
  await stop();
  const panel = page.getByRole('alert', { name: 'The engine does not run' });
  await panel.getByRole('button', { name: 'Start the engine again' }).click();
  await expect(panel).toBeHidden();
  await session.playground.ready();
  await session.isBack(saved);
}
