import { expect, type Locator, type Page } from '@playwright/test';
import { Playground, pixelsOf } from './playground';

/** The edit view as its visitors use it. */
export class EditView {
  readonly page: Page;
  readonly interpolation: Locator;
  readonly imageToImage: Locator;
  readonly inpainting: Locator;
  readonly playground: Playground;

  constructor(page: Page) {
    this.page = page;
    this.playground = new Playground(page);
    this.interpolation = page.getByRole('region', { name: 'Interpolation', exact: true });
    this.imageToImage = page.getByRole('region', { name: 'Image to image', exact: true });
    this.inpainting = page.getByRole('region', { name: 'Inpainting', exact: true });
  }

  /** Opens the view and waits until everything on it is drawn. */
  async open(): Promise<void> {
    await this.playground.visit('/#/edit');
    for (const panel of [this.interpolation, this.imageToImage])
      await expect(panel.locator('[data-status="finished"]').first()).toBeVisible();
    await expect(this.inpainting.getByRole('button', { name: 'Inpaint', exact: true })).toBeEnabled();
  }

  /** An image of the interpolation by what a screen reader says of it. */
  image(name: RegExp): Locator {
    return this.interpolation.getByRole('img', { name });
  }

  /** The strip's image at a λ. */
  frame(lambda: number): Locator {
    return this.interpolation.getByRole('button', { name: `λ = ${lambda}`, exact: true }).locator('canvas');
  }

  /** Opens the picker and takes one of the images of the data set. */
  async pick(panel: Locator, button: string, index: number): Promise<void> {
    await panel.getByRole('button', { name: button }).click();
    await this.page.getByRole('dialog').getByRole('option').nth(index).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  slider(panel: Locator, name: RegExp): Locator {
    return panel.getByRole('slider', { name });
  }

  /** Presses the pointer on one pixel of a board and draws to others. */
  async stroke(board: Locator, size: number, pixels: readonly (readonly [number, number])[]): Promise<void> {
    await board.scrollIntoViewIfNeeded();
    const box = await board.boundingBox();
    if (!box) throw new Error('The board is not to be seen.');
    const at = (place: number) => (place + 0.5) / size;
    for (const [i, [x, y]] of pixels.entries()) {
      await this.page.mouse.move(box.x + at(x) * box.width, box.y + at(y) * box.height);
      if (i === 0) await this.page.mouse.down();
    }
    await this.page.mouse.up();
  }
}

/** Mean difference of two canvases of the same size, levels of 255. */
export async function difference(a: Locator, b: Locator): Promise<number> {
  const [first, second] = [await pixelsOf(a), await pixelsOf(b)];
  expect(first.length).toBe(second.length);
  return first.reduce((sum, value, i) => sum + Math.abs(value - (second[i] as number)), 0) / first.length;
}

/** The grey level in the middle of every pixel of one image in a grid of square images, row by row. */
export async function imageInGrid(
  grid: Locator,
  place: { index: number; count: number; columns: number; size: number },
): Promise<number[]> {
  return grid.evaluate((element: HTMLCanvasElement, { index, count, columns, size }) => {
    const context = element.getContext('2d') as CanvasRenderingContext2D;
    const rows = Math.ceil(count / columns);
    // The grid fills its width: a side and a gap a column, and as much a row.
    const gap = (rows * element.width - columns * element.height) / (columns - rows);
    const side = (element.width - (columns - 1) * gap) / columns;
    const left = (index % columns) * (side + gap);
    const top = Math.floor(index / columns) * (side + gap);
    return Array.from({ length: size * size }, (_, i) => {
      const x = left + (((i % size) + 0.5) * side) / size;
      const y = top + ((Math.floor(i / size) + 0.5) * side) / size;
      return context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data[0] as number;
    });
  }, place);
}
