import { createHash } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';

/** The page as its visitors use it: by roles, labels and what is to be read. */
export class Playground {
  readonly page: Page;
  readonly data: Locator;
  readonly forward: Locator;
  readonly train: Locator;
  readonly sample: Locator;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.data = page.getByRole('region', { name: 'Data', exact: true });
    this.forward = page.getByRole('region', { name: 'Forward', exact: true });
    this.train = page.getByRole('region', { name: 'Train', exact: true });
    this.sample = page.getByRole('region', { name: 'Sample', exact: true });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** Opens the page and waits until the engine runs and the data is there. */
  async open(address = '/', timeout = 60_000): Promise<void> {
    await this.page.goto(address);
    await this.ready(timeout);
  }

  async ready(timeout = 60_000): Promise<void> {
    await expect(this.badge).toHaveAttribute('data-backend', /.+/, { timeout });
    await expect(this.startButton).toBeEnabled({ timeout: 60_000 });
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

  async pause(): Promise<void> {
    await this.train.getByRole('button', { name: 'Pause' }).click();
    await expect(this.status).toHaveAttribute('data-status', /paused|finished/, { timeout: 60_000 });
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
