import type { DecodeImage } from '../../engine/data/import/importPictures';
import { checkSides, ImportError } from '../../engine/data/import/pixels';

/** Twice the side of the largest pictures of a data set: more would only fill the memory. */
const LARGEST_SIDE = 128;

/** Any image that the browser knows: the largest square in its middle, made smaller where it is large. */
export const decodeImage: DecodeImage = async ({ name, bytes }) => {
  // A script could hide in one, whatever its name is.
  if (/<svg/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1024))))
    throw new ImportError(`${name} is an SVG drawing, which is not read: export it as PNG.`);
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  try {
    checkSides(name, image.width, image.height);
    const side = Math.min(image.width, image.height);
    const [left, top] = [(image.width - side) >> 1, (image.height - side) >> 1];
    const size = Math.min(side, LARGEST_SIDE);
    const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
    if (!context) throw new ImportError(`${name} could not be read: the browser has no canvas to spare.`);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, left, top, side, side, 0, 0, size, size);
    const { data } = context.getImageData(0, 0, size, size);
    return { width: size, height: size, channels: 4, pixels: data };
  } finally {
    image.close();
  }
};
