import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode as encodePng } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { writeModel } from '../src/engine/checkpoint/model';
import { readSafetensors } from '../src/engine/checkpoint/safetensors';
import { npy } from '../src/engine/data/import/testing/files';
import { splitOf } from '../src/engine/data/split';
import { parseModelConfig } from '../src/engine/unet/config';
import { layersOf, weightShape } from '../src/engine/unet/layers';
import { CommandError } from './errors';
import { runCli, temporaryFolder } from './testing/runCli';
import { trainingData } from './trainingData';

const folder = temporaryFolder();
afterAll(folder.remove);

const square = (level: number, channels: number) =>
  Uint8Array.from({ length: 100 * channels }, (_, i) => (i % channels === 3 ? 255 : level));

test('--crop says which part of the images is learned, and at which size', async () => {
  const pixels = Uint8Array.from({ length: 16 * 48 }, (_, i) => 100 * Math.floor((i % 48) / 16));
  const wide = { width: 48, height: 16, channels: 1, data: pixels };
  writeFileSync(folder.at('wide.png'), encodePng(wide));
  const levels = async (crop: string | undefined, imageSize: number) => {
    const data = await trainingData({ data: folder.at('wide.png'), crop });
    expect((await data.defaults()).model.imageSize).toBe(imageSize);
    const { images } = await data.load({ imageSize: 3, imageChannels: 1 });
    return [...images].map((value) => Math.round((value + 1) * 127.5));
  };
  expect(await levels(undefined, 16)).toEqual(new Array(9).fill(100));
  expect(await levels('stretched', 16)).toEqual([0, 100, 200, 0, 100, 200, 0, 100, 200]);
  expect(await levels('padded', 48)).toEqual([100, 100, 100, 0, 100, 200, 100, 100, 100]);
  expect(await levels('1,0.5,0.5', 8)).toEqual(new Array(9).fill(200));
  for (const wrong of ['middle', '', '0,0', '0,0,0.05', '0,0,1.1', '-1,0,1', '0,,1', '0,0,1,1'])
    await expect(levels(wrong, 16), wrong).rejects.toThrow(/^--crop must be centre, padded/);
  await expect(trainingData({ dataset: 'digits', crop: 'padded' })).rejects.toThrow('it needs --data');
});

test('--data takes addresses, and says what is wrong where nothing comes', async () => {
  const image = encodePng({ width: 10, height: 10, channels: 1, data: square(90, 1) });
  const server = createServer(({ url }, response) =>
    url?.startsWith('/set/') ? response.end(image) : response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const at = (text: string) => trainingData({ data: text });
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
      const failure = await at(wrong)
        .then((data) => data.defaults())
        .catch((error) => error);
      expect(failure).toBeInstanceOf(CommandError);
      expect(failure.message).toMatch(message);
    }
  } finally {
    server.close();
  }
});

test('train learns a folder of images, at the size of the model, and goes on with it', async () => {
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
  // No path of this machine goes with the model: its data is named from where it lies.
  expect(training).toMatchObject({ step: 3, extra: { data: 'set', crop: 'padded' } });
  const files = ['model.safetensors', 'model.training.safetensors'].map((name) =>
    readFileSync(folder.at(name)),
  );
  for (const bytes of files) expect(bytes.includes(folder.at(''))).toBe(false);
  expect(first.stderr).toContain(': 8 images of 8×8 in grey; values 0 … 255; 2 classes (dark 4, light 4)\n');
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

test('without --batch a step has at most as many images as there are, and evaluate finds the data by the file', {
  timeout: 240_000,
}, async () => {
  const small = { n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 10, n_groups: 4 };
  writeFileSync(folder.at('tiny.json'), JSON.stringify(small));
  mkdirSync(folder.at('few'), { recursive: true });
  for (let i = 0; i < 3; i++)
    writeFileSync(
      folder.at(`few/${i}.png`),
      encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(60 * i) }),
    );
  const run = (...flags: string[]) =>
    runCli('train', '--config', folder.at('tiny.json'), '--steps', '2', ...flags);
  const few = await run('--data', folder.at('few'), '--out', folder.at('few.safetensors'));
  expect(few.code, few.stderr).toBe(0);
  expect(
    readBundle(new Uint8Array(readFileSync(folder.at('few.training.safetensors')))).training,
  ).toMatchObject({
    extra: { training: { batch_size: 3 } },
  });

  const rows = Array.from({ length: 420 }, (_, n) =>
    Array.from({ length: 64 }, (_, i) => (n * 7 + i * 5) % 256).join(),
  );
  writeFileSync(folder.at('many.csv'), rows.join('\n'));
  const many = await run(
    '--data',
    folder.at('many.csv'),
    '--limit',
    '410',
    '--out',
    folder.at('many.safetensors'),
  );
  expect(many.code, many.stderr).toBe(0);
  for (const file of ['many.safetensors', 'many.training.safetensors']) {
    const evaluated = await runCli('evaluate', folder.at(file), '--count', '40', '--steps', '2', '--json');
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ dataset: folder.at('many.csv') });
    expect(evaluated.stderr).toContain('410 of 420 images, evenly by class, of 8×8');
  }
  // Converted, to another folder too, a file knows its data as well.
  mkdirSync(folder.at('elsewhere'));
  const convert = async (from: string, to: string, ...flags: string[]) => {
    const converted = await runCli('convert', folder.at(from), '--out', folder.at(to), ...flags);
    expect(converted.code, converted.stderr).toBe(0);
    const bytes = new Uint8Array(readFileSync(folder.at(to)));
    expect(Buffer.from(bytes).includes(folder.at('')), 'no path of this machine').toBe(false);
    return readSafetensors(bytes).metadata;
  };
  const own = { data: '../many.csv', crop: 'centre', limit: '410' };
  expect(
    await convert('many.training.safetensors', 'elsewhere/plain.safetensors', '--dtype', 'f16'),
  ).toMatchObject({ ...own, steps: '2' });
  expect(await convert('many.safetensors', 'elsewhere/raw.safetensors')).toMatchObject({
    ...own,
    steps: '2',
  });
  await convert('many.safetensors', 'elsewhere/state.safetensors', '--to', 'state');
  for (const file of ['elsewhere/plain.safetensors', 'elsewhere/state.safetensors']) {
    const evaluated = await runCli('evaluate', folder.at(file), '--count', '40', '--steps', '2', '--json');
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(evaluated.stderr).toContain('410 of 420 images, evenly by class, of 8×8');
  }
  writeFileSync(folder.at('moved.safetensors'), readFileSync(folder.at('many.safetensors')));
  rmSync(folder.at('many.csv'));
  const gone = await runCli('evaluate', folder.at('moved.safetensors'));
  expect(gone).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/learned the images of 'many\.csv', which are not there: give --data PATH/),
  });
});

test('train never sees what is held out: not even in a batch as large as can be', async () => {
  const config = parseModelConfig({
    ...{ image_channels: 1, image_size: 8, n_channels: 4, ch_mults: [1], is_attn: [false], n_blocks: 1 },
    ...{ n_steps: 10, n_groups: 2, n_final_groups: 2, objective: 'x0' },
  });
  // All weights 0: it predicts 0 for every x₀, and its loss is the mean of x₀².
  const zeros = layersOf(config).flatMap((layer): [string, { shape: number[]; data: Float32Array }][] => {
    const [weight, bias] = [weightShape(layer), [layer.outputs]];
    const tensor = (shape: number[]) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
    return [
      [`${layer.name}.weight`, tensor(weight)],
      [`${layer.name}.bias`, tensor(bias)],
    ];
  });
  writeFileSync(folder.at('zeros'), writeModel(config, new Map(zeros)));
  // x₀ is −1 in all images but those that are held out: there it is 0.004.
  const numbered = {
    images: Float32Array.from({ length: 120 }, (_, i) => i),
    ...{ labels: new Uint8Array(120), count: 120, imageSize: 1, channels: 1, classNames: ['all'] },
  };
  const { heldOut } = splitOf(numbered);
  const levels = Array.from({ length: 120 * 64 }, (_, i) =>
    heldOut.images.includes(Math.floor(i / 64)) ? 128 : 0,
  );
  writeFileSync(folder.at('split.npy'), npy('|u1', [120, 8, 8], levels));
  const files = ['--resume', folder.at('zeros'), '--out', folder.at('split.safetensors')];
  const batch = ['--data', folder.at('split.npy'), '--steps', '1', '--batch', '108'];
  const { code, stdout, stderr } = await runCli('train', ...files, ...batch, '--json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).loss).toBeCloseTo(1, 6);
});
