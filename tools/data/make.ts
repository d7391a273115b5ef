// Makes the archives of public/data from Debian's packages: `npx tsx tools/data/make.ts`, on Debian or Ubuntu after
// `apt-get update`. A second run writes the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { strFromU8, zipSync } from 'fflate';
import { imagesMember, labelsMember } from '../../src/engine/data/archive';
import type { DatasetDefinition, Pictures } from '../../src/engine/data/dataset';
import { digits } from '../../src/engine/data/digits';
import { fashion16, fashion28 } from '../../src/engine/data/fashion';
import { formatIdx, parseIdx } from '../../src/engine/data/idx';
import { filesOfPackage } from './debian';
import { frameAndHalve } from './frameAndHalve';

const publicData = new URL('../../public/data/', import.meta.url);

writeArchive('digits.zip', 'digits.LICENSE.txt', digits, digitsPictures());
const fashion = fashionPictures();
const small = firstOfEachClass(fashion, fashion28.imageSize, 10, 2000);
writeArchive('fashion-16.zip', 'fashion.LICENSE.txt', fashion16, {
  levels: frameAndHalve(small.levels, fashion28.imageSize, fashion16.imageSize),
  labels: small.labels,
});
writeArchive(
  'fashion-28.zip',
  'fashion.LICENSE.txt',
  fashion28,
  firstOfEachClass(fashion, fashion28.imageSize, 10, 1000),
);

/** Lines of 64 levels 0 … 16 and the label. */
function digitsPictures(): Pictures {
  const [csv] = filesOfPackage('python3-sklearn', [
    {
      path: 'usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz',
      sha256: '6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8',
    },
  ]) as [Uint8Array];
  const rows = strFromU8(csv)
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  return {
    levels: Uint8Array.from(rows.flatMap((row) => row.slice(0, -1))),
    labels: Uint8Array.from(rows, (row) => row.at(-1) as number),
  };
}

/** The training set of Fashion-MNIST: 60,000 pictures of 28×28. */
function fashionPictures(): Pictures {
  const folder = 'usr/share/datasets/fashion-mnist';
  const [images, labels] = filesOfPackage('dataset-fashion-mnist', [
    {
      path: `${folder}/train-images-idx3-ubyte.gz`,
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    {
      path: `${folder}/train-labels-idx1-ubyte.gz`,
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
  ]) as [Uint8Array, Uint8Array];
  return { levels: parseIdx(images, 'train-images').values, labels: parseIdx(labels, 'train-labels').values };
}

/** The first pictures of every class, in the order of the whole. Throws where a class has not as many. */
function firstOfEachClass(
  { levels, labels }: Pictures,
  imageSize: number,
  classes: number,
  each: number,
): Pictures {
  const taken = new Array<number>(classes).fill(0);
  const indices: number[] = [];
  labels.forEach((label, index) => {
    const before = taken[label] as number;
    if (before === each) return;
    taken[label] = before + 1;
    indices.push(index);
  });
  if (indices.length !== classes * each) throw new Error(`Not every class has ${each} pictures.`);
  const length = imageSize * imageSize;
  const picked = new Uint8Array(indices.length * length);
  indices.forEach((index, i) => {
    picked.set(levels.subarray(index * length, (index + 1) * length), i * length);
  });
  return { levels: picked, labels: Uint8Array.from(indices, (index) => labels[index] as number) };
}

/** Writes a zip of the pictures, their labels and the licence, and says what it wrote. */
function writeArchive(
  fileName: string,
  licence: string,
  { imageSize, channels }: DatasetDefinition,
  { levels, labels }: Pictures,
): void {
  const shape = [labels.length, imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  const zip = zipSync(
    {
      [imagesMember]: formatIdx({ shape, values: levels }),
      [labelsMember]: formatIdx({ shape: [labels.length], values: labels }),
      'LICENSE.txt': readFileSync(new URL(licence, publicData)),
    },
    // Zip counts the years from 1980, in local time: with the date fixed, the bytes depend on the pictures alone.
    { level: 9, mtime: new Date(1980, 0, 1) },
  );
  writeFileSync(new URL(fileName, publicData), zip);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  console.log(`${fileName}: ${labels.length} pictures, ${zip.length} bytes, SHA-256 ${sha256}`);
}
