import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { afterAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { decodeImage } from './decodeImage';
import { CommandError } from './errors';
import { runCli, temporaryFolder } from './testing/runCli';
import { trainingData } from './trainingData';

const folder = temporaryFolder();
afterAll(folder.remove);

const square = (level: number, channels: number) =>
  Uint8Array.from({ length: 100 * channels }, (_, i) => (i % channels === 3 ? 255 : level));

test('PNG of every kind and JPEG come out as the same pixels', async () => {
  const kinds = [1, 3, 4].map((channels) => ({ channels, data: square(90, channels), depth: 8 as const }));
  const deep = { channels: 1, data: new Uint16Array(100).fill(90 * 257), depth: 16 as const };
  const veiled = {
    channels: 2,
    data: Uint8Array.from({ length: 200 }, (_, i) => (i % 2 ? 255 : 90)),
    depth: 8 as const,
  };
  for (const kind of [...kinds, deep, veiled]) {
    const bitmap = await decodeImage({ name: 'a.png', bytes: encodePng({ width: 10, height: 10, ...kind }) });
    expect([bitmap.width, bitmap.height, bitmap.pixels.length]).toEqual([10, 10, 100 * bitmap.channels]);
    expect(bitmap.pixels[0]).toBe(90);
  }
  const { data } = jpeg.encode({ width: 10, height: 10, data: Buffer.from(square(90, 4)) }, 100);
  const photo = await decodeImage({ name: 'a.jpg', bytes: new Uint8Array(data) });
  expect(Math.abs((photo.pixels[0] as number) - 90)).toBeLessThan(3);
  await expect(decodeImage({ name: 'a.gif', bytes: new Uint8Array(10) })).rejects.toThrow(
    'a.gif is neither PNG nor JPEG',
  );
});

test('--crop says which part of the pictures is learned, and at which size', async () => {
  const pixels = Uint8Array.from({ length: 16 * 48 }, (_, i) => 100 * Math.floor((i % 48) / 16));
  const wide = { width: 48, height: 16, channels: 1, data: pixels };
  writeFileSync(folder.at('wide.png'), encodePng(wide));
  const levels = async (crop: string | undefined, imageSize: number) => {
    const data = await trainingData(undefined, folder.at('wide.png'), crop);
    expect(data.defaults.model.imageSize).toBe(imageSize);
    const { images } = await data.load({ imageSize: 3, imageChannels: 1 });
    return [...images].map((value) => Math.round((value + 1) * 127.5));
  };
  expect(await levels(undefined, 16)).toEqual(new Array(9).fill(100));
  expect(await levels('stretched', 16)).toEqual([0, 100, 200, 0, 100, 200, 0, 100, 200]);
  expect(await levels('padded', 48)).toEqual([100, 100, 100, 0, 100, 200, 100, 100, 100]);
  expect(await levels('1,0.5,0.5', 8)).toEqual(new Array(9).fill(200));
  for (const wrong of ['middle', '', '0,0', '0,0,0.05', '0,0,1.1', '-1,0,1', '0,,1', '0,0,1,1'])
    await expect(levels(wrong, 16), wrong).rejects.toThrow(/^--crop must be centre, padded/);
  await expect(trainingData('digits', undefined, 'padded')).rejects.toThrow('it needs --data');
});

test('--data takes addresses, and says what is wrong where nothing comes', async () => {
  const image = encodePng({ width: 10, height: 10, channels: 1, data: square(90, 1) });
  const server = createServer(({ url }, response) =>
    url?.startsWith('/set/') ? response.end(image) : response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const at = (text: string) => trainingData(undefined, text, undefined);
  try {
    const addresses = `${origin}/set/dark/1.png ${origin}/set/light/2.png`;
    const { name, load } = await at(addresses);
    expect(name).toBe(addresses);
    const { images, classNames } = await load({ imageSize: 8, imageChannels: 1 });
    expect([images.length, classNames]).toEqual([128, ['dark', 'light']]);
    for (const [wrong, message] of [
      [`${origin}/none.zip`, /answers 404 instead of the file/],
      ['http://localhost:1/a.zip', /localhost:1 did not answer \(.+\).*give its path to --data/],
      [
        'ftp://example.org/a.zip',
        /would come by ftp; it may come by https only, or by http from this machine\.$/,
      ],
    ] as const) {
      const failure = await at(wrong).catch((error) => error);
      expect(failure).toBeInstanceOf(CommandError);
      expect(failure.message).toMatch(message);
    }
  } finally {
    server.close();
  }
});

test('train learns a folder of pictures, at the size of the model, and goes on with it', {
  timeout: 120_000,
}, async () => {
  for (const [name, level] of [
    ['dark', 30],
    ['light', 220],
  ] as const) {
    mkdirSync(folder.at(`set/${name}`), { recursive: true });
    for (let i = 0; i < 4; i++)
      writeFileSync(
        folder.at(`set/${name}/${i}.png`),
        encodePng({ width: 10, height: 10, channels: 3, data: square(level, 3) }),
      );
  }
  const config = {
    n_channels: 8,
    ch_mults: [1, 2],
    is_attn: [false, false],
    n_blocks: 1,
    n_steps: 20,
    n_groups: 4,
    n_classes: 2,
  };
  writeFileSync(folder.at('small.json'), JSON.stringify(config));
  const flags = [
    '--data',
    folder.at('set'),
    '--crop',
    'padded',
    '--config',
    folder.at('small.json'),
    '--batch',
    '4',
  ];
  const first = await runCli('train', ...flags, '--steps', '3', '--out', folder.at('model.safetensors'));
  expect(first.code, first.stderr).toBe(0);
  const state = folder.at('model.training.safetensors');
  const { config: trained, training } = readBundle(new Uint8Array(readFileSync(state)));
  expect(trained).toMatchObject({ imageSize: 8, imageChannels: 1, nClasses: 2 });
  expect(training).toMatchObject({ step: 3, extra: { data: folder.at('set'), crop: 'padded' } });
  const more = await runCli(
    'train',
    '--resume',
    state,
    '--steps',
    '5',
    '--out',
    folder.at('more.safetensors'),
  );
  expect(more.code, more.stderr).toBe(0);
});

test.each([
  [['--data', '/nowhere'], /\/nowhere cannot be read: there is no such file or folder/],
  [['--data', '/nowhere', '--dataset', 'digits'], /--dataset and --data exclude each other/],
  [[], /--dataset NAME or --data PATH is missing/],
])('refuses %j', async (flags, message) => {
  const { code, stderr } = await runCli(
    'train',
    ...flags,
    '--steps',
    '1',
    '--out',
    folder.at('none.safetensors'),
  );
  expect(code).not.toBe(0);
  expect(stderr).toMatch(message);
});
