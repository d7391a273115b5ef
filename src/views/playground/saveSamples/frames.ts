import type { ImageBytes, RecordedStep } from '../../../store/recording';

/** Of a recorded step. */
export type Quantity = 'x' | 'x0' | 'eps';

/** How images lie in a frame: each pixel a square of `scale` pixels, a line of `scale` between and around. */
export interface FrameLayout {
  size: number;
  channels: number;
  columns: number;
  scale: number;
  /** Which of the batch. */
  images: readonly number[];
  width: number;
  height: number;
}

/** Grey level between the images, as the command line has it. */
export const GAP_LEVEL = 32;

/** The layout of some images of a batch; sides are even, as video codecs want them. */
export function frameLayout(
  { size, channels, columns }: Pick<FrameLayout, 'size' | 'channels' | 'columns'>,
  images: readonly number[],
  scale: number,
): FrameLayout {
  const across = Math.min(columns, images.length);
  const side = (cells: number) => 2 * Math.ceil((scale * (cells * (size + 1) + 1)) / 2);
  const down = Math.ceil(images.length / across);
  return { size, channels, columns: across, scale, images, width: side(across), height: side(down) };
}

/** RGBA of a frame, row-major. */
export function frameRgba(batch: ImageBytes, layout: FrameLayout): Uint8ClampedArray<ArrayBuffer> {
  const { size, channels, columns, scale, images, width, height } = layout;
  const rgba = new Uint8ClampedArray(4 * width * height).fill(GAP_LEVEL);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  images.forEach((image, place) => {
    const left = scale * (1 + (place % columns) * (size + 1));
    const top = scale * (1 + Math.floor(place / columns) * (size + 1));
    for (let y = 0; y < size * scale; y++) {
      const row = (image * size + Math.floor(y / scale)) * size;
      for (let x = 0; x < size * scale; x++) {
        const from = (row + Math.floor(x / scale)) * channels;
        const to = 4 * ((top + y) * width + left + x);
        rgba[to] = batch[from] as number;
        rgba[to + 1] = batch[from + green] as number;
        rgba[to + 2] = batch[from + blue] as number;
      }
    }
  });
  return rgba;
}

/** The scale at which a layout is about so many pixels wide. */
export function scaleFor(pixels: number, { width, scale }: Pick<FrameLayout, 'width' | 'scale'>): number {
  return Math.max(1, Math.round((pixels * scale) / width));
}

/** One image of an animation, and for how long it stands. */
export interface TimedFrame {
  batch: ImageBytes;
  /** Steps of noise that are left in it. */
  t: number;
  milliseconds: number;
}

/** The finished image stands for this share of an animation, but not longer than that. */
const HOLD_SHARE = 1 / 4;
const HOLD_MS = 1500;

/**
 * The frames of a recording for an animation of `seconds`: steps evenly spaced from the first to the last, at most
 * `perSecond` of them a second, then the last one for a while. Times are whole multiples of `tick` milliseconds.
 */
export function timedFrames(
  steps: readonly RecordedStep[],
  quantity: Quantity,
  seconds: number,
  perSecond: number,
  tick: number,
): TimedFrame[] {
  // x̂₀ and ε̂ come with the first step.
  const batches = steps.flatMap(({ t, [quantity]: batch }) => (batch ? [{ batch, t }] : []));
  const total = 1000 * seconds;
  const hold = Math.min(HOLD_MS, HOLD_SHARE * total);
  const moving = total - hold;
  const count = Math.max(1, Math.min(batches.length, Math.floor((moving / 1000) * perSecond)));
  const time = (index: number) => tick * Math.round((moving * index) / count / tick);
  return Array.from({ length: count }, (_, i) => {
    const place = count === 1 ? batches.length - 1 : Math.round((i * (batches.length - 1)) / (count - 1));
    const end = i === count - 1 ? tick * Math.round(total / tick) : time(i + 1);
    return { ...(batches[place] as Pick<TimedFrame, 'batch' | 't'>), milliseconds: end - time(i) };
  });
}
