import { encode } from 'fast-png';
import { zipSync } from 'fflate';

/** An archive of so many images of 8×8 pixels in two folders: half of them with stripes that lie. */
export function stripes(count: number): Buffer {
  const image = (i: number) =>
    encode({
      width: 8,
      height: 8,
      channels: 1,
      data: Uint8Array.from({ length: 64 }, (_, at) => ((i % 2 ? at >> 3 : at) % 4 < 2 ? 255 : i)),
    });
  const files = Array.from({ length: count }, (_, i) => [
    `${i % 2 ? 'lying' : 'standing'}/${i}.png`,
    image(i),
  ]);
  return Buffer.from(zipSync(Object.fromEntries(files)));
}
