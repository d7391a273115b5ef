import type { ImageBytes } from '../../../store/recording';
import type { EncodedFile } from './encoding';
import { type FrameLayout, frameRgba } from './frames';

/** One frame as a PNG. */
export async function encodePng(batch: ImageBytes, layout: FrameLayout): Promise<EncodedFile> {
  const { width, height } = layout;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(new ImageData(frameRgba(batch, layout), width, height), 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob)
    throw new Error(`This browser cannot make an image of ${width}×${height} pixels: take a smaller scale.`);
  return { bytes: new Uint8Array(await blob.arrayBuffer()), extension: 'png', type: 'image/png' };
}
