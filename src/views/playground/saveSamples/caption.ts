import { type FrameLayout, GAP_LEVEL } from './frames';

/** Rows of pixels below the images, for a line of text; even, as video codecs want them. */
export function captionHeight({ width }: Pick<FrameLayout, 'width'>): number {
  return 2 * Math.round(Math.max(16, width / 18) / 2);
}

/** A frame with a line of text below it, as large as fits. */
export function withCaption(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  { width, height }: Pick<FrameLayout, 'width' | 'height'>,
  text: string,
): Uint8ClampedArray<ArrayBuffer> {
  const strip = captionHeight({ width });
  const canvas = new OffscreenCanvas(width, height + strip);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('This browser cannot draw the text: save without it.');
  context.fillStyle = `rgb(${GAP_LEVEL} ${GAP_LEVEL} ${GAP_LEVEL})`;
  context.fillRect(0, height, width, strip);
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  context.fillStyle = 'white';
  context.font = `${Math.round(0.62 * strip)}px sans-serif`;
  context.textBaseline = 'middle';
  context.fillText(text, strip / 3, height + strip / 2, width - strip / 1.5);
  return context.getImageData(0, 0, width, height + strip).data as Uint8ClampedArray<ArrayBuffer>;
}
