import { type GridLayout, imageCorner } from './gridLayout';
import { type Images, imagesToRgba } from './images';

/** Draws all images at once; `scratch` is a canvas that is kept from call to call. */
export function paintGrid(
  canvas: HTMLCanvasElement,
  scratch: HTMLCanvasElement,
  batch: Images,
  layout: GridLayout,
): void {
  const { columns, side } = layout;
  const { count, size } = batch;
  resize(canvas, layout.width, layout.height);
  const context = canvas.getContext('2d');
  if (!context || count === 0) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const factor = side / size;
  // By a fraction: enlarge by the next whole factor first, then shrink smoothly, so that pixels stay even squares.
  const enlarged = Number.isInteger(factor) || factor < 1 ? 1 : Math.ceil(factor);
  const source = paintAtlas(scratch, batch, columns, enlarged);
  context.imageSmoothingEnabled = !Number.isInteger(factor);
  const from = size * enlarged;
  for (let index = 0; index < count; index++) {
    const [x, y] = imageCorner(layout, index);
    const [left, top] = [(index % columns) * from, Math.floor(index / columns) * from];
    context.drawImage(source, left, top, from, from, x, y, side, side);
  }
}

/** All images without gaps, each pixel a square of `enlarged` device pixels. */
function paintAtlas(
  scratch: HTMLCanvasElement,
  batch: Images,
  columns: number,
  enlarged: number,
): HTMLCanvasElement {
  const rgba = imagesToRgba(batch, columns);
  const width = columns * batch.size;
  const height = rgba.length / 4 / width;
  resize(scratch, width * enlarged, height * enlarged);
  const context = scratch.getContext('2d');
  if (!context) return scratch;
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  if (enlarged === 1) return scratch;
  context.imageSmoothingEnabled = false;
  context.globalCompositeOperation = 'copy';
  context.drawImage(scratch, 0, 0, width, height, 0, 0, width * enlarged, height * enlarged);
  return scratch;
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
