import type { DecodeImage } from '../../engine/data/import/images/imageFile';
import { keptSide } from '../../engine/data/import/images/shrink';
import { checkSides, ImportError } from '../../engine/data/import/pixels';

/** Any image that the browser knows, whole, made smaller where its short side is long. */
export const decodeImage: DecodeImage = async (name, bytes) => {
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  try {
    checkSides(name, image.width, image.height);
    const scale = Math.min(1, keptSide(1) / Math.min(image.width, image.height));
    const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new ImportError(`${name} could not be read: the browser has no canvas to spare.`);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, channels: 4, pixels: data };
  } finally {
    image.close();
  }
};
