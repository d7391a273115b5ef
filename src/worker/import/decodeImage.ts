import type { DecodeImage } from '../../engine/data/import/importPictures';
import { checkSides, ImportError } from '../../engine/data/import/pixels';

/** Twice the side of the largest pictures of a data set: more would only fill the memory. */
const LARGEST_SHORT_SIDE = 128;

/** Any image that the browser knows, whole, made smaller where its short side is long. */
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
    const scale = Math.min(1, LARGEST_SHORT_SIDE / Math.min(image.width, image.height));
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
