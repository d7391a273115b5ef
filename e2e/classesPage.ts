import { expect, type Locator, type Page } from '@playwright/test';

/** The view of classes as its visitors use it. */
export class ClassesPage {
  readonly page: Page;
  readonly grid: Locator;
  readonly push: Locator;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('region', { name: 'Classes by guidance' });
    this.push = page.getByRole('region', { name: 'Guidance', exact: true });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  async open(): Promise<void> {
    await this.page.goto('/#/classes');
    await expect(this.grid).toBeVisible();
  }

  /** Waits until the grid is drawn, in so many steps. */
  async finished(steps = String.raw`\d+`): Promise<void> {
    await expect(this.grid.getByText(new RegExp(`^The images are finished: ${steps} steps`))).toBeVisible();
  }

  async steps(count: number): Promise<void> {
    await this.grid.getByRole('spinbutton', { name: 'Steps' }).fill(String(count));
    await this.grid.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  }

  get canvas(): Locator {
    return this.grid.locator('canvas');
  }

  get asked(): Locator {
    return this.push.locator('.guidance');
  }

  image(name: string): Locator {
    return this.push.getByRole('img', { name: new RegExp(name) });
  }

  /** The equation with its numbers, in words. */
  async numbers(): Promise<string | null> {
    return this.push.getByRole('math', { name: /^-?\d/ }).getAttribute('aria-label');
  }
}

/** All that a canvas shows, as text that is equal where the pixels are. */
export function painted(canvas: Locator): Promise<string> {
  return canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
}
