// Makes the archives of public/data: `npx tsx tools/data/make.ts [digits | fashion | emoji | glyphs …]`. A second run writes the same
// bytes. Digits and fashion come from Debian's packages, so on Debian or Ubuntu after `apt-get update`; the others from npm's.
import { writeFileSync } from 'node:fs';
import { strFromU8 } from 'fflate';
import type { Pictures } from '../../src/engine/data/dataset';
import { digits } from '../../src/engine/data/digits';
import { emoji } from '../../src/engine/data/emoji';
import { fashion16, fashion28 } from '../../src/engine/data/fashion';
import { glyphs } from '../../src/engine/data/glyphs';
import { parseIdx } from '../../src/engine/data/idx';
import { filesOfPackage } from './debian';
import { emojiPictures } from './emoji/pictures';
import { frameAndHalve } from './frameAndHalve';
import { licenceText } from './glyphs/licence';
import { glyphsPictures } from './glyphs/pictures';
import { publicData, writeArchive } from './writeArchive';

const makers: Record<string, () => void | Promise<void>> = {
  digits: () => writeArchive('digits.zip', 'digits.LICENSE.txt', digits, digitsPictures()),
  fashion: makeFashion,
  async emoji() {
    const each = emoji.count / emoji.classNames.length;
    writeArchive('emoji.zip', 'emoji.LICENSE.txt', emoji, await emojiPictures(emoji.imageSize, each));
  },
  async glyphs() {
    const { pictures, drawn } = await glyphsPictures();
    writeFileSync(new URL('glyphs.LICENSE.txt', publicData), licenceText(drawn, pictures.labels.length));
    writeArchive('glyphs.zip', 'glyphs.LICENSE.txt', glyphs, pictures);
  },
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(makers)) {
  const make = makers[name];
  if (!make) throw new Error(`There is no '${name}' to make, only ${Object.keys(makers).join(', ')}.`);
  await make();
}

function makeFashion(): void {
  const fashion = fashionPictures();
  const small = firstOfEachClass(fashion, fashion28.imageSize, 10, 2000);
  writeArchive('fashion-16.zip', 'fashion.LICENSE.txt', fashion16, {
    levels: frameAndHalve(small.levels, fashion28.imageSize, fashion16.imageSize),
    labels: small.labels,
  });
  const large = firstOfEachClass(fashion, fashion28.imageSize, 10, 1000);
  writeArchive('fashion-28.zip', 'fashion.LICENSE.txt', fashion28, large);
}

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
