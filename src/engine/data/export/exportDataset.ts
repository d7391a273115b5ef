import { encode as encodePng } from 'fast-png';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { LabelledImages } from '../import/buildImages';

/** Values that are packed fast, not as small as can be. */
const LARGE = 2 ** 24;

/** A .zip of PNG files, a folder a class where there are several: what the import reads again as the same images. */
export function datasetAsPngs({ levels, labels, count, imageSize, channels, classNames }: LabelledImages) {
  const length = imageSize ** 2 * channels;
  const folders = folderNames(classNames);
  const files: Zippable = {};
  for (let index = 0; index < count; index++) {
    const data = levels.subarray(index * length, (index + 1) * length);
    const folder = classNames.length > 1 ? `${folders[labels[index] as number]}/` : '';
    const name = `${folder}${String(index + 1).padStart(5, '0')}.png`;
    files[name] = encodePng({ width: imageSize, height: imageSize, channels, data });
  }
  // PNG is compressed already.
  return zipSync(files, { level: 0 });
}

/**
 * NumPy's .npz: `images` [N, H, W] or [N, H, W, 3], uint8, and `labels` [N], uint8, or uint16 where a byte does not tell them
 * apart. Names of classes have no place in it.
 */
export function datasetAsNpz({
  levels,
  labels,
  count,
  imageSize,
  channels,
  classNames,
}: Omit<LabelledImages, 'labels'> & { labels: Uint8Array | Uint16Array }) {
  const shape = [count, imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  const isWide = classNames.length > 256;
  const labelBytes = isWide
    ? Uint8Array.from({ length: 2 * count }, (_, i) => (labels[i >> 1] as number) >> (8 * (i & 1)))
    : Uint8Array.from(labels);
  return zipSync(
    { 'images.npy': npy(levels, shape), 'labels.npy': npy(labelBytes, [count], isWide ? '<u2' : '|u1') },
    { level: levels.length > LARGE ? 1 : 6 },
  );
}

/** Version 1.0 of the format: the header ends at a multiple of 64 bytes. */
function npy(values: Uint8Array, shape: number[], descr = '|u1'): Uint8Array {
  const facts = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = strToU8(`${facts.padEnd(Math.ceil((facts.length + 11) / 64) * 64 - 11)}\n`);
  const bytes = new Uint8Array(10 + header.length + values.length);
  bytes.set([0x93, ...strToU8('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(header, 10);
  bytes.set(values, 10 + header.length);
  return bytes;
}

/** Names of classes as folders: without what no file system takes, and still different from each other. */
function folderNames(classNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return classNames.map((className) => {
    const plain = className.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+|^__MACOSX/, '_') || '_';
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
