import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { encode as encodePng } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import { fileOf, type Parts, partsOf } from '../src/engine/checkpoint/testing/parts';
import { ModelsPage } from './modelsPage';
import { OwnData, type TestFile } from './ownData';
import { Playground } from './playground';

type Harm = (parts: Parts) => Uint8Array;

const tensor = ({ tensors }: Parts, name = 'final.bias') =>
  tensors.find((one) => one.name === name) as Parts['tensors'][number];

/** Changes parts of a file, which is then put together with offsets that fit. */
const changed =
  (change: (parts: Parts) => void): Harm =>
  (parts) => {
    change(parts);
    return fileOf(parts);
  };

const models: [name: string, harm: Harm, message: RegExp][] = [
  [
    'long-header',
    (parts) => {
      const bytes = fileOf(parts);
      new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
      return bytes;
    },
    /its header takes 9223372036854775808 bytes, but only/,
  ],
  ['cut', (parts) => fileOf(parts).slice(0, -9), /cut off/],
  [
    'overlap',
    (parts) => {
      const one = parts.tensors[3] as Parts['tensors'][number];
      one.description.data_offsets = one.description.data_offsets.map((at) => at - 2) as [number, number];
      return fileOf(parts, false);
    },
    /overlaps the one before it|hole of/,
  ],
  [
    'beyond',
    (parts) => {
      const one = tensor(parts).description;
      one.data_offsets = one.data_offsets.map((at) => at + 1e9) as [number, number];
      return fileOf(parts, false);
    },
    /'final\.bias' ends at byte \d+ of a file of/,
  ],
  ['twice', changed((parts) => parts.tensors.push({ ...tensor(parts) })), /has the name 'final\.bias' twice/],
  [
    'missing',
    changed((parts) => parts.tensors.splice(parts.tensors.indexOf(tensor(parts)), 1)),
    /'final\.bias' is missing/,
  ],
  [
    'surplus',
    changed((parts) => parts.tensors.push({ ...tensor(parts), name: 'middle.__proto__' })),
    /no parameter 'middle\.__proto__', but the file does/,
  ],
  [
    'shape',
    changed((parts) => tensor(parts).description.shape.push(1)),
    /'final\.bias' is \[1,1\], but the config needs \[1\]/,
  ],
  [
    'dtype',
    changed((parts) => {
      tensor(parts).description.dtype = 'F7';
    }),
    /'final\.bias' has the dtype 'F7', which cannot be read/,
  ],
  [
    'not-a-number',
    changed((parts) => {
      const { bytes } = tensor(parts, 'image_proj.weight');
      bytes.set([0x00, 0x7e], bytes.length - 2);
    }),
    /'image_proj\.weight' holds NaN or infinity/,
  ],
  [
    'prototype',
    changed((parts) => {
      parts.metadata.config = `{"__proto__":${parts.metadata.config}}`;
    }),
    /config is not valid/,
  ],
  ['zip', () => strToU8('PK\u0003\u0004archive/data.pkl'), /is a zip archive that is cut off or damaged/],
  ['torch', () => readFileSync('golden/checkpoints/hostile.pt'), /holds 'posix\.system', which is no part/],
  ['legacy', () => readFileSync('golden/checkpoints/hostile-legacy.pt'), /holds 'posix\.system'/],
];

test('model files that are damaged, or not what they say, are refused by name while training goes on', async ({
  page,
}) => {
  const sound = new Uint8Array(await readFile('dist/models/digits.safetensors'));
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Training steps', '100000');
  await playground.startButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  const view = new ModelsPage(page);
  await view.show();
  for (const [name, harm, message] of models) {
    await view.open(`${name}.safetensors`, Buffer.from(harm(partsOf(sound))), message);
    const said = view.opened.locator('.notice');
    await expect(said).toContainText(`“${name}.safetensors” cannot be opened`);
    await expect(said).toContainText('The model in training stays as it is.');
  }
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  await view.playground();
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
  await playground.pause();
  expect(playground.problems).toEqual([]);
});

/** NumPy's header for an array, and no values. */
function npy(descr: string, shape: string): Uint8Array {
  const header = strToU8(`{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`);
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...header);
}

function imageOf(side: number): Uint8Array {
  const png = encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) });
  new DataView(png.buffer, png.byteOffset).setUint32(16, side);
  new DataView(png.buffer, png.byteOffset).setUint32(20, side);
  return png;
}

/** An archive that says of its member that it unpacks to 500 MB. */
function zipBomb(): Uint8Array {
  const zip = zipSync({ 'a.npy': new Uint8Array(1000) });
  const view = new DataView(zip.buffer, zip.byteOffset);
  for (let at = 0; at < zip.length - 4; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 500 * 2 ** 20, true);
  return zip;
}

const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>globalThis.ran = true</script></svg>';
const row = (cell: string) => [...new Array<string>(63).fill('0'), cell].join();

const images: [name: string, bytes: Uint8Array, message: string | RegExp][] = [
  ['drawing.svg', strToU8(script), 'drawing.svg is an SVG drawing, which is not read'],
  ['disguised.png', strToU8(script), 'disguised.png is an SVG drawing'],
  ['vast.png', imageOf(30_000), 'vast.png is 30000×30000 pixels, more than 8192 a side'],
  ['none.jpg', strToU8('no image at all'), 'none.jpg is no image that can be read here'],
  [
    'words.csv',
    strToU8(`${row('1')}\n${row('two')}\n${row('three')}`),
    "words.csv, line 2, column 64: 'two' is no number",
  ],
  ['pickles.npz', zipSync({ 'pickles.npy': npy('|O', '3,') }), 'pickles.npy holds Python objects'],
  [
    'false.npy',
    npy('|u1', '1000000, 1000, 1000'),
    'false.npy announces 1000000×1000×1000 values but holds 0',
  ],
  [
    'false-images.idx',
    Uint8Array.of(0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8, 1, 2, 3),
    'false-images.idx announces',
  ],
  ['bomb.zip', zipBomb(), 'bomb.zip is damaged: it announces more than a.npy can hold'],
  ['text.zip', strToU8('PK\x03\x04 no archive'), 'text.zip is no zip archive, or damaged'],
  ['program.exe', strToU8('MZ\0\x03'), 'program.exe is none of the kinds that are read'],
];

test('files that are no images, or more than they seem, are refused by name beside a good one', async ({
  page,
}) => {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  const good: TestFile = { name: 'good.png', bytes: Buffer.from(imageOf(8)) };
  await own.pick([good]);
  await expect(own.dialog.getByText('1 image', { exact: true })).toBeVisible();
  const alert = own.dialog.getByRole('alert');
  // As many as the dialog names at once.
  for (let at = 0; at < images.length; at += 5) {
    const bad = images.slice(at, at + 5);
    await own.pick(bad.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })));
    for (const [, , message] of bad) await expect(alert).toContainText(message);
    await expect(own.dialog.getByText('1 image', { exact: true })).toBeVisible();
  }
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);

  const empty = await mkdtemp(join(tmpdir(), 'empty-'));
  await own.dialog.getByLabel('Folder', { exact: true }).setInputFiles(empty);
  await rm(empty, { recursive: true });
  await expect(own.dialog.getByText('1 image', { exact: true })).toBeVisible();
  expect(own.playground.problems).toEqual([]);
});

test('stored settings and descriptions of data sets with a prototype in them: the page opens as ever', async ({
  page,
}) => {
  const playground = new Playground(page);
  await page.addInitScript(() => {
    const facts = '"id":"own:1a","title":"Cats","count":3,"imageSize":8,"channels":1,"classNames":["a"]';
    const polluting = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
    localStorage.setItem('own-data-sets', `[{${polluting},${facts}},{"__proto__":{${facts}}}]`);
    localStorage.setItem(
      'settings',
      `{${polluting},"version":1,"dataset":"__proto__","kept":{${polluting}}}`,
    );
  });
  await playground.open();
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await expect(playground.data.getByRole('radio', { name: /^Digits/ })).toBeChecked();
  expect(playground.problems).toEqual([]);
});
