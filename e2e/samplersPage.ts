import { expect, type Locator, type Page } from '@playwright/test';

/** The samplers view as its visitors use it. */
export class SamplersPage {
  readonly page: Page;
  readonly compare: Locator;
  readonly convergence: Locator;
  readonly frechet: Locator;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.compare = page.getByRole('region', { name: 'Comparison', exact: true });
    this.convergence = page.getByRole('region', { name: 'Convergence', exact: true });
    this.frechet = page.getByRole('region', { name: 'Quality by network evaluations' });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  async open(): Promise<void> {
    await this.page.goto('/#/samplers');
    await expect(this.button('Compare')).toBeEnabled();
  }

  button(name: string): Locator {
    return this.compare.getByRole('button', { name, exact: true });
  }

  side(name: 'A' | 'B'): Locator {
    return this.compare.getByRole('group', { name: `Sampler ${name}` });
  }

  async chooseSampler(side: 'A' | 'B', title: string): Promise<void> {
    await this.side(side)
      .getByRole('combobox', { name: /^Sampler/ })
      .click();
    await this.page.getByRole('option', { name: new RegExp(`^${title.replace(/[()+]/g, '\\$&')}`) }).click();
  }

  async type(within: Locator, name: string, text: string): Promise<void> {
    const field = within.getByRole('spinbutton', { name: new RegExp(`^${name}`) });
    await field.fill(text);
    await field.press('Enter');
  }

  async expectStatus(status: RegExp): Promise<void> {
    await expect(this.compare.locator('.samplers').first()).toHaveAttribute('data-status', status);
  }

  /** Starts, and waits until both have reached the image. */
  async run(): Promise<void> {
    await this.button('Compare').click();
    await this.expectStatus(/finished/);
  }

  /** The cells of A and B in a row of the table of costs. */
  cost(row: string): Promise<string[]> {
    return this.compare
      .getByRole('row', { name: new RegExp(`^${row}`) })
      .getByRole('cell')
      .allTextContents();
  }

  get rms(): Locator {
    return this.compare.locator('[data-quantity="rms"]');
  }

  /** The grid of images of a side. */
  grid(side: 'A' | 'B'): Locator {
    return this.compare
      .locator('.samplers-grid')
      .nth(side === 'A' ? 0 : 1)
      .locator('canvas');
  }
}

/** Milliseconds of a time as the page says it. */
export function milliseconds(text: string): number {
  const value = Number.parseFloat(text);
  return text.endsWith('ms') ? value : value * 1000;
}
