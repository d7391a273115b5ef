import { createHash } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';

/** Opens every group of settings, as a visitor who has opened them all would find them. */
function openFolds(): void {
  const all = ['network', 'objective', 'run', 'preview', 'sampling'];
  try {
    if (localStorage.getItem('folds') === null) localStorage.setItem('folds', JSON.stringify(all));
  } catch {
    // A blank page has no storage, and a test may deny it: `openGroups` does it by hand.
  }
}

/** The page as its visitors use it: by roles, labels and what is to be read. */
export class Playground {
  readonly page: Page;
  readonly data: Locator;
  readonly forward: Locator;
  readonly train: Locator;
  readonly sample: Locator;
  readonly opening: Locator;
  readonly problems: string[] = [];
  /** A page that is opened before this is there does without it. */
  readonly #foldsOpen: Promise<unknown>;

  constructor(page: Page) {
    this.page = page;
    this.opening = page.getByRole('region', { name: 'From data to samples' });
    this.data = page.getByRole('region', { name: 'Data', exact: true });
    this.forward = page.getByRole('region', { name: 'Noising', exact: true });
    this.train = page.getByRole('region', { name: 'Train', exact: true });
    this.sample = page.getByRole('region', { name: 'Sample', exact: true });
    this.#foldsOpen = page.addInitScript(openFolds);
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** Opens the page and waits until the engine runs and the data is there. */
  async open(address = '/'): Promise<void> {
    await this.visit(address);
    await this.ready();
  }

  async visit(address: string): Promise<void> {
    await this.#foldsOpen;
    await this.page.goto(address);
  }

  async ready(): Promise<void> {
    await expect(this.badge).toHaveAttribute('data-backend', /.+/);
    await expect(this.startButton).toBeEnabled();
  }

  get badge(): Locator {
    return this.page.locator('.backend-badge');
  }

  get startButton(): Locator {
    return this.train.getByRole('button', { name: /^(Start training|Continue|Train [\do])/ });
  }

  get status(): Locator {
    return this.train.locator('.train-status');
  }

  /** Opens the groups of settings that are closed. */
  async openGroups(): Promise<void> {
    const closed = this.train.locator('details:not([open]) > summary');
    while ((await closed.count()) > 0) await closed.first().click();
  }

  field(name: string): Locator {
    return this.train.getByRole('spinbutton', { name: new RegExp(`^${name}`) });
  }

  /** Types into a number field and leaves it. */
  async type(name: string, text: string): Promise<void> {
    await this.field(name).fill(text);
    await this.field(name).press('Tab');
  }

  async step(): Promise<number> {
    const text = (await this.train.locator('[data-quantity="step"]').textContent()) ?? '';
    return Number(text.split(' of ')[0]?.replace(/\D/g, ''));
  }

  /** Mean of the last 100 losses, as the page says it. */
  async loss(): Promise<number> {
    return Number(await this.train.locator('[data-quantity="loss"]').textContent());
  }

  /** Draws from the visitor's own model, in every view. */
  async switchToOwn(): Promise<void> {
    await this.sample.getByRole('radio', { name: 'Yours' }).click();
  }

  async pause(): Promise<void> {
    await this.train.getByRole('button', { name: 'Pause' }).click();
    await expect(this.status).toHaveAttribute('data-status', /paused|finished/);
  }
}

/** The pixels of a canvas: RGBA in rows. They travel as one text: as numbers that takes seconds. */
export async function pixelsOf(canvas: Locator): Promise<Buffer> {
  const text = await canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext('2d');
    if (!context) throw new Error('This canvas has no 2d context.');
    const { data } = context.getImageData(0, 0, element.width, element.height);
    let bytes = '';
    for (let i = 0; i < data.length; i += 8192) bytes += String.fromCharCode(...data.subarray(i, i + 8192));
    return btoa(bytes);
  });
  return Buffer.from(text, 'base64');
}

/** Tells canvases with other pixels apart. */
export async function digestOf(canvas: Locator): Promise<string> {
  return createHash('sha256')
    .update(await pixelsOf(canvas))
    .digest('hex');
}
