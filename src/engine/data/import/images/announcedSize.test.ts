import fc from 'fast-check';
import { encode } from 'fast-png';
import { strToU8 } from 'fflate';
import jpeg from 'jpeg-js';
import { expect, test, vi } from 'vitest';
import { fuzzRuns } from '../../../fuzz';
import { announcedSize } from './announcedSize';
import { decoded } from './imageFile';

const png = encode({ width: 30, height: 20, data: new Uint8Array(600), channels: 1, depth: 8 });
const jpg = new Uint8Array(jpeg.encode({ width: 17, height: 9, data: new Uint8Array(17 * 9 * 4) }, 80).data);
const u16 = (value: number) => [value & 255, value >> 8];

test.each<[string, Uint8Array, [number, number]]>([
  ['PNG', png, [30, 20]],
  ['JPEG', jpg, [17, 9]],
  ['JPEG with padding before a marker', Uint8Array.of(0xff, 0xd8, 0xff, ...jpg.subarray(2)), [17, 9]],
  ['GIF', Uint8Array.of(...strToU8('GIF89a'), ...u16(300), ...u16(5)), [300, 5]],
  [
    'BMP that runs from the top',
    Uint8Array.of(...strToU8('BM'), ...new Array(16).fill(0), 7, 0, 0, 0, 0xfd, 0xff, 0xff, 0xff),
    [7, 3],
  ],
  [
    'extended WebP',
    Uint8Array.of(...strToU8('RIFF....WEBPVP8X'), ...new Array(8).fill(0), 0x2f, 0x75, 0, 0x0f, 0, 0),
    [30000, 16],
  ],
  [
    'lossless WebP',
    Uint8Array.of(...strToU8('RIFF....WEBPVP8L'), 0, 0, 0, 0, 0x2f, 99, 0x40, 0x02, 0),
    [100, 10],
  ],
  [
    'lossy WebP',
    Uint8Array.of(
      ...strToU8('RIFF....WEBPVP8 '),
      ...new Array(7).fill(0),
      0x9d,
      1,
      0x2a,
      ...u16(64),
      ...u16(48),
    ),
    [64, 48],
  ],
  [
    'AVIF',
    Uint8Array.of(
      0,
      0,
      0,
      8,
      ...strToU8('ftypavif'),
      ...strToU8('ispe'),
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      9,
      0,
    ),
    [256, 9],
  ],
])('of %s', (_, bytes, size) => {
  expect(announcedSize(bytes)).toEqual(size);
});

test('is none where there is no image, or too little of it; never an error', () => {
  expect(announcedSize(strToU8('nonsense'))).toBeNull();
  expect(announcedSize(new Uint8Array())).toBeNull();
  for (const whole of [png, jpg]) expect(announcedSize(whole.subarray(0, 12))).toBeNull();
  const starts = fc.constantFrom('PNG', 'GIF8', 'BM', 'RIFF....WEBP', '....ftyp', '\u00ff\u00d8', '');
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 80 }), (start, rest) => {
      const bytes = Uint8Array.of(...[...start].map((letter) => letter.charCodeAt(0)), ...rest);
      for (const side of announcedSize(bytes) ?? []) expect(side).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: fuzzRuns },
  );
});

test('an image of 30,000 pixels a side is refused before it is decoded', async () => {
  const bomb = png.slice();
  new DataView(bomb.buffer).setUint32(16, 30_000);
  new DataView(bomb.buffer).setUint32(20, 30_000);
  const decode = vi.fn();
  await expect(decoded('bomb.png', bomb, decode)).rejects.toThrow(
    'bomb.png is 30000×30000 pixels, more than 8192 a side: make it smaller first.',
  );
  expect(decode).not.toHaveBeenCalled();
});
