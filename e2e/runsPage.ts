import { expect, type Locator, type Page } from '@playwright/test';

/** The view of kept runs. */
export class RunsPage {
  readonly page: Page;
  readonly list: Locator;
  readonly compare: Locator;
  readonly samples: Locator;
  readonly repeat: Locator;

  constructor(page: Page) {
    this.page = page;
    const region = (name: string) => page.getByRole('region', { name, exact: true });
    this.list = region('Runs');
    this.compare = region('Compare');
    this.samples = region('Samples during training');
    this.repeat = region('Train again');
  }

  async show(): Promise<void> {
    await this.page.getByRole('link', { name: 'Runs', exact: true }).click();
    await expect(this.list).toBeVisible();
  }

  get items(): Locator {
    return this.list.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  }

  press(name: string | RegExp): Promise<void> {
    return this.list.getByRole('button', { name }).click();
  }

  /** The cells of a row of the comparison. */
  cells(row: string): Promise<string[]> {
    return this.compare
      .getByRole('row', { name: new RegExp(`^${row} [\\d–]`) })
      .getByRole('cell')
      .allTextContents();
  }
}
