import { describe, expect, test } from 'vitest';
import { parseModelConfig } from '../src/engine/unet/config';
import { withBlock } from './document';
import { parseOptions } from './options';
import { printHealth, printIssue, printMemory, printRows, printScale } from './print';
import { benchRow } from './row';
import { measureScale } from './scale';
import { table } from './table';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 32,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 10,
});

const spread = (median: number) => ({ median, low: median - 1, high: median + 1, count: 5 });
const cost = (median: number) => ({
  trainStep: spread(median),
  forward: spread(median / 3),
  dispatchesPerTrainStep: 400,
  dispatchesPerForward: 120,
  tensors: 40,
  bytes: 1e6,
  peakBytes: 2e6,
});
const peak = { gflops: 50, kernel: 'ours', size: 1024 } as const;
const engine = {
  backend: 'wasm',
  platform: 'Node',
  device: 'SIMD',
  softwareAdapter: false,
  threads: 2,
  fused: true,
} as const;

describe('the command line of the bench', () => {
  test('has the defaults of bench16', () => {
    const options = parseOptions([]);
    expect(options.configFile).toMatch(/bench16\.json$/);
    expect(options).toMatchObject({
      batchSize: 16,
      format: 'table',
      torch: true,
      browsers: [],
      block: 'node',
    });
    expect(parseOptions(['--backends', 'cpu,wasm', '--json'])).toMatchObject({
      backends: ['cpu', 'wasm'],
      format: 'json',
    });
  });

  test('measures in Chromium, or in the browsers that are named', () => {
    expect(parseOptions(['--browser', '--profile'])).toMatchObject({
      browsers: ['chromium'],
      block: 'browser',
      torch: true,
      profile: true,
    });
    expect(parseOptions(['--json', '--browser'])).toMatchObject({ browsers: ['chromium'] });
    expect(parseOptions(['--browser', 'firefox'])).toMatchObject({
      browsers: ['firefox'],
      block: 'firefox',
      torch: false,
    });
    expect(parseOptions(['--browser=chromium,webkit'])).toMatchObject({
      browsers: ['chromium', 'webkit'],
      block: 'browsers',
    });
  });

  test('says what it cannot read', () => {
    expect(() => parseOptions(['--browser', 'opera'])).toThrow(/'opera', only chromium, firefox, webkit/);
    expect(() => parseOptions(['--backends', 'metal'])).toThrow(/'metal'/);
    expect(() => parseOptions(['--batch', '0'])).toThrow(/--batch/);
    expect(() => parseOptions(['--fast'])).toThrow(/--fast/);
  });
});

describe('a row', () => {
  const measurement = { ours: cost(90), stock: cost(900), reverseStep: spread(33), rival: undefined };

  test('begins with the fields that machines look for, and has null for what was not measured', () => {
    const row = benchRow(config, 16, { ...engine, measurement, peak }, undefined);
    expect(Object.keys(row).slice(0, 6)).toEqual([
      'backend',
      'trainStepMs',
      'forwardMs',
      'dispatchesPerTrainStep',
      'stockTrainStepMs',
      'torchTrainStepMs',
    ]);
    expect(row).toMatchObject({ trainStepMs: 90, stockTrainStepMs: 900, torchTrainStepMs: null });
    expect(row.reverseStepPerForward).toBeCloseTo(1.1);
    expect(row.shareOfPeak).toBeCloseTo(row.gflopPerTrainStep / 0.09 / 50);
  });

  test('is printed with how many times as fast ours is', () => {
    const report = { version: '2.0', threads: 2, device: 'cpu', parameters: 1 };
    const torch = { report, trainStep: spread(180), forward: spread(60), difference: 1e-6 };
    const row = benchRow(config, 16, { ...engine, measurement, peak }, torch);
    const text = printRows('bench16', [row], 'table');
    expect(text).toMatch(/wasm, stock tfjs.*10\.00× as fast/);
    expect(text).toMatch(/PyTorch, cpu.*2\.00× as fast/);
  });
});

describe('the scale', () => {
  test('doubles one thing after the other, and stops at the budget or an error', async () => {
    const seen: number[][] = [];
    const series = await measureScale(
      {
        ...engine,
        operations: undefined,
        stop: async () => {},
        peak: async () => peak,
        profile: () => Promise.reject(),
        // Twice as dear as the arithmetic says from 32 pixels a side.
        measure: async ({ imageSize, nChannels }, { batchSize }) => {
          seen.push([batchSize, imageSize, nChannels]);
          if (nChannels > 64) throw new Error('Out of memory');
          const ours = cost(batchSize * imageSize ** 2 * nChannels ** 2 * (imageSize > 16 ? 2e-5 : 1e-5));
          return { ours, stock: undefined, reverseStep: spread(1), rival: undefined };
        },
      },
      config,
      { ...parseOptions([]), budgetMs: 10_000 },
      () => {},
    );
    expect(series.map(({ grows }) => grows)).toEqual(['batch', 'resolution', 'channels']);
    expect(seen.slice(0, 3)).toEqual([
      [16, 8, 32],
      [32, 8, 32],
      [64, 8, 32],
    ]);
    const [batch, resolution, channels] = series;
    for (const { ratio } of batch?.points ?? []) expect(ratio).toBeCloseTo(1);
    expect(batch?.end).toMatch(/budget of 10 s/);
    expect(resolution?.points[2]?.ratio).toBeGreaterThan(1.5);
    expect(channels?.end).toBe('Out of memory');
    expect(channels?.points).toHaveLength(2);
    expect(printScale('bench16', 'wasm', series, 'markdown')).toContain('channels ends: Out of memory');
  });
});

test('a table is aligned for a terminal, and valid Markdown', () => {
  const rows = [
    ['a', '1.0'],
    ['bcd', '12.0'],
  ];
  expect(table(['x', 'n'], rows, 'table')).toBe('x       n\n───  ────\na     1.0\nbcd  12.0');
  expect(table(['x', 'n'], rows, 'markdown')).toBe(
    '| x   |    n |\n| --- | ---: |\n| a   |  1.0 |\n| bcd | 12.0 |',
  );
});

test('a block of a document is replaced, and only that', () => {
  const text = 'a\n<!-- bench node -->\nold\n<!-- end -->\nb\n<!-- bench node-scale -->\n<!-- end -->\n';
  const changed = withBlock(text, 'node', 'new');
  expect(changed).toBe(
    'a\n<!-- bench node -->\n\nnew\n\n<!-- end -->\nb\n<!-- bench node-scale -->\n<!-- end -->\n',
  );
  expect(() => withBlock(text, 'browser', 'new')).toThrow(/no block/);
});

test('the table of memory names the device, the shares and what could not be measured', () => {
  const point = {
    name: 'small',
    batchSize: 64,
    parameters: 595_393,
    gflop: 4.7,
    dispatches: 183,
    bytesMoved: 1.4e8,
    estimatedBytes: 5e7,
    heldBytes: 7e7,
    largestBytes: 1e7,
    trainStepMs: 12.34,
    problem: null,
  };
  const text = printMemory('an adapter', [point, { ...point, name: 'large', problem: 'no room' }], 'table');
  expect(text).toMatch(/^an adapter: what a train step takes/);
  expect(text).toMatch(/small +64 +0\.60 M +4\.7 +183 +0\.14 +50\.0 MB +70\.0 MB +1\.40 +10\.0 MB +12\.3/);
  expect(text).toContain('large: no room');
  const noDevice = printMemory('wasm', [{ ...point, heldBytes: 0, largestBytes: 0 }], 'table');
  expect(noDevice).toMatch(/50\.0 MB +12\.3/);
});

test('the table of health has the overhead, and what the page counts of it', () => {
  const point = { name: 'Digits', batchSize: 64, backend: 'wasm', plainMs: 20, watchedMs: 20.5 };
  const text = printHealth([{ ...point, ownShare: 0.0199, measurements: 12, steps: 1500 }], 'markdown');
  expect(
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.split(/ *\| */),
  ).toEqual(['', 'Digits', '64', 'wasm', '20.0', '20.5', '2.5 %', '2.0 %', '12', '1500', '']);
});

test('the table of issue times has the ratio to the bare dispatches', () => {
  const point = {
    name: 'bench16',
    batchSize: 16,
    step: 'train step' as const,
    dispatches: 349,
    issueMs: { median: 3, low: 2.5, high: 3.25, count: 9 },
    bareMs: { median: 1.5, low: 1.25, high: 1.75, count: 9 },
  };
  const text = printIssue([point], 'markdown');
  expect(text).toMatch(
    /bench16, train step \| +16 \| +349 \| 3\.00 \| 2\.50 – 3\.25 \| 1\.50 \| 1\.25 – 1\.75 \| +2\.00 \|/,
  );
});
