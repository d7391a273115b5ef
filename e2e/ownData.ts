import { expect, type Locator, type Page } from '@playwright/test';
import { Playground } from './playground';

export interface TestFile {
  name: string;
  bytes: Buffer;
}

/** The dialog for data of one's own, and the cards of data sets, as visitors use them. */
export class OwnData {
  readonly page: Page;
  readonly playground: Playground;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.playground = new Playground(page);
    this.dialog = page.getByRole('dialog', { name: 'Add your own data' });
  }

  async open(): Promise<void> {
    await this.playground.data.getByRole('button', { name: 'Add your own' }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** Drops files onto the dialog, as from a folder on the desktop. */
  async drop(files: readonly TestFile[]): Promise<void> {
    const plain = files.map(({ name, bytes }) => ({ name, text: bytes.toString('base64') }));
    const transfer = await this.page.evaluateHandle((dropped) => {
      const data = new DataTransfer();
      for (const { name, text } of dropped)
        data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
      return data;
    }, plain);
    await this.dialog.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** Drops a link, as from another page. */
  async dropLink(address: string): Promise<void> {
    const transfer = await this.page.evaluateHandle((link) => {
      const data = new DataTransfer();
      data.setData('text/uri-list', link);
      return data;
    }, address);
    await this.dialog.dispatchEvent('drop', { dataTransfer: transfer });
  }

  async pick(files: readonly TestFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.dialog.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: bytes })),
    );
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save and use it' }).click();
    await expect(this.dialog).toBeHidden();
  }

  card(title: string): Locator {
    return this.playground.data.getByRole('radio', { name: new RegExp(`^${title}`) });
  }
}
