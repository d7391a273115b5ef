import { encode as encodePng } from 'fast-png';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { BuiltPictures } from '../import/buildDataset';

/** A .zip of PNG files, a folder a class where there are several: what the import reads again as the same pictures. */
export function datasetAsPngs({ levels, labels, count, imageSize, channels, classNames }: BuiltPictures) {
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

/** NumPy's .npz: `images` [N, H, W] or [N, H, W, 3] and `labels` [N], both uint8. Names of classes have no place in it. */
export function datasetAsNpz({ levels, labels, count, imageSize, channels }: BuiltPictures) {
  const shape = [count, imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  return zipSync({ 'images.npy': npy(levels, shape), 'labels.npy': npy(labels, [count]) });
}

/** Version 1.0 of the format: the header ends at a multiple of 64 bytes. */
function npy(values: Uint8Array, shape: number[]): Uint8Array {
  const facts = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
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
