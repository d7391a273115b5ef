import { readAll, type SourceFile } from './files/byteSource';
import type { ImageSet } from './imageSet';
import type { Bitmap } from './pixels';

/** Kinds of CIFAR's binary records: so many bytes of labels, the last of which is the class; then 32×32 in three planes. */
const KINDS = [
  { labels: 1, classes: 10 },
  { labels: 2, classes: 100 },
] as const;
const SIDE = 32;
const PIXELS = SIDE * SIDE;
/** Records that are read at a time. */
const AT_A_TIME = 256;

/** The images of a file in the binary form of CIFAR-10 or CIFAR-100; null where its size or its labels do not fit that. */
export async function imagesOfRecords(file: SourceFile): Promise<ImageSet | null> {
  for (const { labels, classes } of KINDS) {
    const length = labels + 3 * PIXELS;
    if (file.size === 0 || file.size % length !== 0) continue;
    const of = new Int32Array(file.size / length);
    for await (const { index, bytes } of recordsOf(file, length, Array.from(of.keys())))
      of[index] = bytes[labels - 1] as number;
    if (of.some((label) => label >= classes)) continue;
    return {
      name: file.name,
      count: of.length,
      size: [SIDE, SIDE],
      labels: { names: Array.from({ length: classes }, (_, label) => String(label)), of },
      read: (indices) => readRecords(file, labels, indices),
    };
  }
  return null;
}

async function* readRecords(
  file: SourceFile,
  labels: number,
  indices: ArrayLike<number>,
): AsyncGenerator<Bitmap> {
  for await (const { bytes } of recordsOf(file, labels + 3 * PIXELS, indices)) {
    const pixels = new Uint8Array(3 * PIXELS);
    for (let channel = 0; channel < 3; channel++)
      for (let pixel = 0; pixel < PIXELS; pixel++)
        pixels[3 * pixel + channel] = bytes[labels + channel * PIXELS + pixel] as number;
    yield { width: SIDE, height: SIDE, channels: 3, pixels };
  }
}

async function* recordsOf(
  file: SourceFile,
  length: number,
  indices: ArrayLike<number>,
): AsyncGenerator<{ index: number; bytes: Uint8Array }> {
  for (let next = 0; next < indices.length; ) {
    const first = indices[next] as number;
    const chunk = await file.read(first * length, (first + AT_A_TIME) * length);
    for (; next < indices.length && (indices[next] as number) < first + AT_A_TIME; next++) {
      const index = indices[next] as number;
      yield { index, bytes: chunk.subarray((index - first) * length, (index - first + 1) * length) };
    }
  }
}

/** The names of classes that a text beside records lists, a line each, as CIFAR's batches.meta.txt; null where it is none. */
export async function classNamesOf(file: SourceFile): Promise<string[] | null> {
  if (
    !/(meta|label_names|class(es|_names)?|categories|labels)[^/]*\.txt$/i.test(file.name) ||
    file.size > 2 ** 16
  )
    return null;
  const lines = new TextDecoder()
    .decode(await readAll(file))
    .split(/\r?\n/)
    .map((line) => line.trim());
  const names = lines.filter(Boolean);
  return names.length > 1 && new Set(names).size === names.length ? names : null;
}
