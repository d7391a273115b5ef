import { expect, type Locator, type Page } from '@playwright/test';

/** The view of two dimensions as its visitors use it. */
export class Points {
  readonly page: Page;
  readonly panel: Locator;
  readonly canvas: Locator;
  readonly time: Locator;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: 'Two dimensions' });
    this.canvas = this.panel.locator('canvas.points-canvas');
    this.time = this.panel.getByRole('slider', { name: /Steps of noise/ });
    page.on('pageerror', (error) => this.problems.push(error.message));
  }

  async open(): Promise<void> {
    await this.page.goto('/#/points');
    await expect(this.start).toBeEnabled();
  }

  get start(): Locator {
    return this.panel.getByRole('button', { name: /^(Train from new weights|Start training|Train on)$/ });
  }

  get pause(): Locator {
    return this.panel.getByRole('button', { name: 'Pause', exact: true });
  }

  get readyMade(): Locator {
    return this.panel.locator('[data-pretrained]');
  }

  choose(name: string): Promise<void> {
    return this.panel.getByRole('radio', { name, exact: true }).click();
  }

  /** A number of the table, as the page says it: 'step', 'loss', 'error', 'distance'. */
  async number(id: string): Promise<number> {
    const cell = this.panel.locator(`[data-quantity="points-${id}"] .quantity-table__value`);
    const [mantissa = '', power] = ((await cell.textContent()) ?? '').replaceAll(',', '').split('·10');
    const exponent = (power ?? '⁰')
      .replace('⁻', '-')
      .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)));
    return Number(mantissa) * 10 ** Number(exponent);
  }

  /** What is drawn, once a frame has passed. */
  async image(): Promise<string> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    return this.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }

  async pointsDrawn(): Promise<number> {
    return Number(/(\d+) points/.exec((await this.canvas.getAttribute('aria-label')) ?? '')?.[1]);
  }
}
