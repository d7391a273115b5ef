import { expect, type Locator, type Page } from '@playwright/test';
import { pixelsOf } from './playground';

/** The view of quality as its visitors use it. */
export class Quality {
  readonly page: Page;
  readonly panel: Locator;
  readonly nearest: Locator;
  readonly history: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: 'Evaluation', exact: true });
    this.nearest = page.getByRole('region', { name: 'Nearest training images' });
    this.history = page.getByRole('region', { name: 'Evaluations during training' });
  }

  async open(): Promise<void> {
    await this.page.goto('/#/quality');
    await expect(this.evaluateButton).toBeEnabled();
  }

  get evaluateButton(): Locator {
    return this.panel.getByRole('button', { name: 'Evaluate', exact: true });
  }

  get state(): Locator {
    return this.panel.locator('.quality');
  }

  async type(name: string, text: string): Promise<void> {
    const field = this.panel.getByRole('spinbutton', { name: new RegExp(`^${name}( \\S+)?$`) });
    await field.fill(text);
    await field.press('Enter');
  }

  async evaluate(): Promise<void> {
    await this.evaluateButton.click();
    await expect(this.state).toHaveAttribute('data-status', 'finished');
  }

  /** A row of the table: of real images, of the samples, of noise. */
  async measure(name: string): Promise<{ floor: number; model: number; ceiling: number }> {
    const row = this.panel.locator(`[data-quantity="${name}"]`);
    const value = async (of: string) =>
      Number.parseFloat((await row.locator(`[data-of="${of}"]`).textContent()) ?? '');
    return { floor: await value('floor'), model: await value('model'), ceiling: await value('ceiling') };
  }

  /** Every pair as it is drawn: levels 0 … 255 of the sample and of its nearest image, and what is said of them. */
  async pairs(): Promise<{ sample: number[]; nearest: number[]; distance: number; memorised: boolean }[]> {
    const all = await this.nearest
      .getByRole('listitem')
      .filter({ has: this.page.locator('canvas') })
      .all();
    return Promise.all(
      all.map(async (pair) => {
        const grey = async (i: number) => [
          ...(await pixelsOf(pair.locator('canvas').nth(i))).filter((_, k) => k % 4 === 0),
        ];
        return {
          sample: await grey(0),
          nearest: await grey(1),
          distance: Number(await pair.locator('[data-quantity="distance"]').textContent()),
          memorised: (await pair.getAttribute('data-memorised')) === 'true',
        };
      }),
    );
  }
}
