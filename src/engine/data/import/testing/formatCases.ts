/** What the files in formats/ show: two by two fields on 24×16 pixels. They were written by ImageMagick. */
const fields = {
  colours: [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
  ],
  greys: [0, 85, 170, 255].map((level) => [level, level, level]),
  bits: [0, 255, 255, 0].map((level) => [level, level, level]),
} as const;

/** The last field is transparent: what is behind it is seen there. */
const transparent = /clear|rgba|alpha|key/;

export interface FormatCase {
  name: string;
  /** The colours of the fields, those above first. */
  fields: readonly (readonly number[])[];
  /** Whether the last field is transparent. */
  isTransparent: boolean;
  tolerance: number;
}

const names = [
  ...[1, 2, 4, 8, 16].flatMap((bits) => [`grey${bits}.png`, `grey${bits}i.png`]),
  ...[8, 16].flatMap((bits) =>
    ['rgb', 'rgba'].flatMap((kind) => [`${kind}${bits}.png`, `${kind}${bits}i.png`]),
  ),
  ...[2, 4, 8].flatMap((bits) => [`pal${bits}.png`, `pal${bits}i.png`]),
  ...['palclear.png', 'greyalpha.png', 'rgbkey.png', 'greykey.png'],
  ...['jpeg.jpg', 'progressive.jpg', 'chroma.jpg', 'cmyk.jpg', 'grey.jpg'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => `turned${orientation}.jpg`),
  ...['lossless.webp', 'lossy.webp', 'clear.webp', 'plain.gif', 'interlaced.gif', 'clear.gif'],
  ...['bmp1.bmp', 'bmp2.bmp', 'bmp3.bmp', 'bmp4.bmp', 'bmp4bits.bmp', 'rle8.bmp'],
];

export const formatCases: readonly FormatCase[] = names.map((name) => ({
  name,
  fields: fieldsOf(name),
  isTransparent: transparent.test(name),
  tolerance: /\.jpg$|lossy/.test(name) ? 40 : 0,
}));

function fieldsOf(name: string): readonly (readonly number[])[] {
  if (/^grey1i?\.|bmp1|rle8/.test(name)) return fields.bits;
  if (name === 'greykey.png') return [[40, 40, 40], ...fields.greys.slice(1)];
  return /grey/.test(name) ? fields.greys : fields.colours;
}

/** Where a decoded image differs from what it should show; empty where it does not. */
export function differences(
  { fields: expected, isTransparent, tolerance }: FormatCase,
  {
    width,
    height,
    channels,
    pixels,
  }: { width: number; height: number; channels: number; pixels: ArrayLike<number> },
): string[] {
  if (width !== 24 || height !== 16) return [`${width}×${height}`];
  const found: string[] = [];
  expected.forEach((colour, field) => {
    // Away from the edges, where lossy formats mix the fields.
    for (const [dx, dy] of [
      [2, 2],
      [9, 5],
      [5, 3],
    ] as const) {
      const at = ((Math.floor(field / 2) * 8 + dy) * width + (field % 2) * 12 + dx) * channels;
      const opacity = channels === 4 ? (pixels[at + 3] as number) : 255;
      if (opacity !== (isTransparent && field === 3 ? 0 : 255))
        found.push(`field ${field}: opacity ${opacity}`);
      if (opacity === 0) continue;
      const level = (channel: number) => pixels[at + (channels < 3 ? 0 : channel)] as number;
      const difference = Math.max(...colour.map((value, channel) => Math.abs(value - level(channel))));
      if (difference > tolerance) found.push(`field ${field}: ${[0, 1, 2].map(level)} for ${colour}`);
    }
  });
  return found;
}
