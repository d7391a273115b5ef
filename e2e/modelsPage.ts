import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The view of checkpoints and files. */
export class ModelsPage {
  readonly page: Page;
  readonly checkpoints: Locator;
  readonly exported: Locator;
  readonly opened: Locator;

  constructor(page: Page) {
    this.page = page;
    this.checkpoints = page.getByRole('region', { name: 'Checkpoints', exact: true });
    this.exported = page.getByRole('region', { name: 'Export', exact: true });
    this.opened = page.getByRole('region', { name: 'Open a file', exact: true });
  }

  async show(): Promise<void> {
    await this.page.getByRole('link', { name: 'Models', exact: true }).click();
    await expect(this.exported.getByRole('button', { name: 'Export' })).toBeVisible();
  }

  async playground(): Promise<void> {
    await this.page.getByRole('link', { name: 'Playground', exact: true }).click();
    await expect(this.page.getByRole('region', { name: 'Train', exact: true })).toBeVisible();
  }

  async export(...choices: string[]): Promise<Exported> {
    for (const name of choices) await this.exported.getByRole('radio', { name }).click();
    return downloadOf(this.page, () => this.exported.getByRole('button', { name: 'Export' }).click());
  }

  /** Chooses a file; `message` is what the page says of it. */
  async open(name: string, buffer: Buffer, message: RegExp): Promise<void> {
    await this.opened
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await expect(this.opened.locator('.notice')).toContainText(message);
  }

  async save(name: string): Promise<void> {
    await this.checkpoints.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.checkpoints.getByRole('button', { name: 'Save' }).click();
    await expect(this.message).toContainText(`Saved “${name}”`);
  }

  get message(): Locator {
    return this.checkpoints.locator('.notice');
  }

  get names(): Promise<string[]> {
    return this.checkpoints.locator('.models__name').allTextContents();
  }

  act(what: 'Load' | 'Rename' | 'Duplicate' | 'Export' | 'Delete', name: string): Promise<void> {
    return this.checkpoints.getByRole('button', { name: `${what} ${name}`, exact: true }).click();
  }
}

export interface Exported {
  name: string;
  path: string;
  bytes: Buffer;
}

/** The file that `act` makes the page hand over. */
export async function downloadOf(page: Page, act: () => Promise<void>): Promise<Exported> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}
