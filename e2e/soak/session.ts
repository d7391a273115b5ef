import { type BrowserContext, type CDPSession, expect, type Page } from '@playwright/test';
import { Random } from '../../src/engine/training/random';
import { newestSave } from '../autosaves';
import { beforeEngine, tinyModel } from '../engine';
import { reachWorkers } from '../injectedFaults';
import { keepDevice } from '../keptDevice';
import { ModelsPage } from '../modelsPage';
import { Playground } from '../playground';

/** What the page itself causes; a browser without a network, and injected faults, say what they are. */
const expected = /injected|Failed to load resource|ERR_INTERNET_DISCONNECTED/;

/** A visit that goes on for long: the page, what it has done, and what must not be lost. */
export class SoakSession {
  readonly page: Page;
  readonly playground: Playground;
  readonly models: ModelsPage;
  readonly random: Random;
  /** Names of the checkpoints that are saved, newest first. */
  checkpoints: string[] = [];
  trained = 0;
  /** Bytes of JavaScript objects by which the page grew between two loads, at most. */
  mostGrown = 0;
  readonly #devtools: CDPSession;
  #step = 0;
  #loaded = 0;

  private constructor(page: Page, devtools: CDPSession, seed: number) {
    this.page = page;
    this.playground = new Playground(page);
    this.models = new ModelsPage(page);
    this.random = new Random(seed);
    this.#devtools = devtools;
  }

  /** A first visit, with a tiny model that trains without an end. */
  static async begin(context: BrowserContext, seed: number): Promise<SoakSession> {
    const page = await context.newPage();
    // Where a save is late, the browser asks before the page is left.
    page.on('dialog', (dialog) => void dialog.accept());
    await page.clock.install();
    await reachWorkers(page);
    await beforeEngine(page, keepDevice);
    const session = new SoakSession(page, await context.newCDPSession(page), seed);
    const { playground } = session;
    await playground.open();
    await tinyModel(playground);
    await playground.type('Training steps', '1000000000');
    await session.sampleSettings();
    await session.train();
    session.#loaded = await session.heap();
    return session;
  }

  choose<Choice>(choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.random.uniform() * choices.length)] as Choice;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.random.uniform() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  }

  get status(): Promise<string | null> {
    return this.playground.status.getAttribute('data-status');
  }

  /** Trains on until some steps more are taken. */
  async train(): Promise<void> {
    const { playground } = this;
    const before = await playground.step();
    await expect(async () => {
      // A single step that was under way ends, and then nothing trains yet.
      if (!/training|starting/.test((await this.status) ?? '')) await playground.startButton.click();
      expect(await playground.step()).toBeGreaterThan(before + 5);
    }).toPass();
    await this.count();
  }

  async pause(): Promise<void> {
    if ((await this.status) === 'training') await this.playground.pause();
    await this.count();
  }

  /** Few steps and images, so that a run of sampling does not outlast everything else. */
  async sampleSettings(): Promise<void> {
    const { sample } = this.playground;
    for (const [name, text] of [
      ['Steps', '5'],
      ['Images', '4'],
    ] as const) {
      await sample.getByRole('spinbutton', { name }).fill(text);
      await sample.getByRole('spinbutton', { name }).press('Enter');
    }
  }

  async showPlayground(): Promise<void> {
    await this.models.playground();
  }

  /** Adds the steps since the last count to those trained. A step that goes back begins a new count. */
  async count(): Promise<void> {
    const step = await this.playground.step();
    this.trained += Math.max(0, step - this.#step);
    this.#step = step;
  }

  /** Loads the page anew: the model is back at least as it was saved, and the checkpoints are there. */
  async reload(address?: string): Promise<void> {
    await this.count();
    this.mostGrown = Math.max(this.mostGrown, (await this.heap()) - this.#loaded);
    const saved = (await newestSave(this.page))?.step ?? 0;
    const { search } = new URL(this.page.url());
    if (address === undefined && search === '') await this.page.reload();
    else await this.page.goto(address ?? '/');
    await this.playground.ready();
    await this.isBack(saved);
    this.#loaded = await this.heap();
    await this.models.show();
    // The page lists them by their time, and the clock may have been set.
    await expect.poll(async () => (await this.models.names).sort()).toEqual(this.checkpoints.toSorted());
    await this.showPlayground();
  }

  /** The model has at least the steps that were saved. */
  async isBack(saved: number): Promise<void> {
    await expect
      .poll(() => this.playground.step(), { message: 'the saved steps' })
      .toBeGreaterThanOrEqual(saved);
    this.#step = await this.playground.step();
  }

  /** Bytes of JavaScript objects in the page after what nobody needs was collected. */
  async heap(): Promise<number> {
    for (let i = 0; i < 2; i++) await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    return usedSize;
  }

  /** Bytes that the page has stored. */
  stored(): Promise<number> {
    return this.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  }

  /** No error that nothing caught, and a way on: a run can be started or paused. */
  async isSound(): Promise<void> {
    expect(this.playground.problems.filter((text) => !expected.test(text))).toEqual([]);
    const { train, startButton } = this.playground;
    const way = startButton.or(train.getByRole('button', { name: 'Pause' })).first();
    await expect(way, 'a way on').toBeEnabled();
  }
}
