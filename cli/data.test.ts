import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { decode as decodePng, encode as encodePng } from 'fast-png';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, temporaryFolder } from './testing/runCli';

const folder = temporaryFolder();
afterAll(folder.remove);
const realFiles = fileURLToPath(new URL('../src/engine/data/import/testing/realFiles/', import.meta.url));

beforeAll(() => {
  for (const [name, level] of [
    ['cats/1', 10],
    ['cats/2', 20],
    ['dogs/1', 200],
  ] as const) {
    mkdirSync(folder.at(`pets/${name.split('/')[0]}`), { recursive: true });
    const data = new Uint8Array(3 * 12 * 9).fill(level);
    writeFileSync(folder.at(`pets/${name}.png`), encodePng({ width: 12, height: 9, channels: 3, data }));
  }
  writeFileSync(folder.at('pets/dogs/666.jpg'), '');
  writeFileSync(folder.at('pets/notes.txt'), 'Pets.\n');
});

/** Header and values of an array in an .npz. */
function arrayOf(path: string, name: string): { header: string; values: Uint8Array } {
  const bytes = unzipSync(new Uint8Array(readFileSync(path)))[`${name}.npy`] as Uint8Array;
  const end = 10 + ((bytes[8] as number) | ((bytes[9] as number) << 8));
  return { header: strFromU8(bytes.subarray(10, end)), values: bytes.subarray(end) };
}

test('data says what it understood, names on stderr what it left out, and writes an array and a grid', async () => {
  const [npz, png] = [folder.at('pets.npz'), folder.at('pets.png')];
  const outcome = await runCli('data', folder.at('pets'), '--json', '--out', npz, '--out', png);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(JSON.parse(outcome.stdout)).toEqual({
    count: 3,
    image_size: 9,
    channels: 1,
    classes: [
      { name: 'cats', count: 2 },
      { name: 'dogs', count: 1 },
    ],
    left_out: [
      { name: 'dogs/666.jpg', reason: 'is empty' },
      { name: 'notes.txt', reason: 'is a table of neither images nor classes of images' },
    ],
    total: 3,
    taken: 3,
    range: { low: 0, high: 255, black: 0, white: 255 },
  });
  expect(outcome.stderr).toContain('left out: dogs/666.jpg is empty.');
  const images = arrayOf(npz, 'images');
  expect(images.header).toContain("'descr': '|u1', 'fortran_order': False, 'shape': (3, 9, 9)");
  expect([...images.values].filter((_, i) => i % 81 === 0)).toEqual([10, 20, 200]);
  const labels = arrayOf(npz, 'labels');
  expect(labels.header).toContain("'shape': (3,)");
  expect([...labels.values]).toEqual([0, 0, 1]);
  // Two columns and two rows of 9 pixels, each drawn as 7×7.
  expect(decodePng(readFileSync(png))).toMatchObject({ width: 2 * 70 + 7, height: 2 * 70 + 7 });

  const text = await runCli('data', folder.at('pets'), '--crop', 'stretched');
  expect(text.stdout).toMatch(
    /images {4}3\n {2}size {6}9×9\n {2}channels {2}1 \(grey\)\n {2}range {5}values 0 … 255\n {2}classes {3}2\n {4}cats: 2/,
  );
});

test('--limit takes a part, evenly by class, and says of how many', async () => {
  const file = `${realFiles}labels_of_two_dimensions/pathmnist.npz`;
  const { stdout } = await runCli('data', file, '--json', '--limit', '6');
  const { count, total, classes } = JSON.parse(stdout);
  expect([count, total, classes.map((one: { count: number }) => one.count)]).toEqual([6, 36, [2, 2, 2]]);
  expect((await runCli('data', file, '--limit', '6')).stdout).toContain('6 of 36, evenly by class');
});

test('data comes from an address too', async () => {
  const bytes = readFileSync(`${realFiles}parquet/train-00000-of-00001.parquet`);
  const server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    const address = `http://localhost:${(server.address() as AddressInfo).port}/datasets/train-00000-of-00001.parquet`;
    const { code, stdout, stderr } = await runCli('data', address, '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ count: 6, image_size: 20, channels: 3 });
  } finally {
    server.close();
  }
});

test.each([
  [['/nowhere'], 1, /\/nowhere cannot be read: there is no such file or folder/],
  [[], 2, /FILE is missing/],
  [[`${realFiles}README.md`], 1, /^ddpm: README\.md is a table of neither images nor classes of images\.\n$/],
  [[`${realFiles}parquet`, '--limit', '0'], 2, /--limit must be a whole number of at least 1, not '0'/],
  [[`${realFiles}parquet`, '--out', 'a.gif'], 2, /--out must end in \.npz or \.png, not 'a\.gif'/],
  [[`${realFiles}parquet`, '--crop', 'middle'], 2, /--crop must be centre, padded/],
])('refuses %j', async (flags, code, message) => {
  expect(await runCli('data', ...flags)).toMatchObject({ code, stderr: expect.stringMatching(message) });
});
