import { expect, test } from 'vitest';
import { madeRun } from '../testing/madeRun';
import { comparisonLink, readComparisonLink, shortComparison } from './comparisonLink';

const page = 'https://example.org/ddpm/?s=2.abc#/runs';

/** A run of many steps, with losses that compress no better than real ones. */
function longRun(id: string, steps = 2000) {
  const seed = id.charCodeAt(0);
  const mean = Array.from(
    { length: steps },
    (_, i) => 1 / (1 + i) + 0.05 + 0.02 * Math.abs(Math.sin(seed * i * i)),
  );
  const around = (factor: number) => mean.map((loss) => loss * factor);
  return madeRun(
    { id, name: `Digits ${id}`, step: steps, startedAt: 1_700_000_000_000 },
    {
      losses: { before: 0, end: steps, interval: 1, mean, least: around(0.9), greatest: around(1.1) },
      heldOut: mean.map((loss, i) => ({ step: i + 1, loss })),
      times: mean.map((_, i) => ({ step: i + 1, seconds: i / 7 })),
      lossByTime: mean.slice(0, 20),
      samples: [{ step: 4, count: 1, size: 1, channels: 3, images: 'AAAA' }],
    },
  );
}

test('a link brings settings and curves, thinned so that it stays short', () => {
  const slow = longRun('a');
  slow.facts.settings = {
    ...slow.facts.settings,
    training: { ...slow.facts.settings.training, learningRate: 0.0005 },
  };
  const link = comparisonLink(page, [slow, longRun('b')]);
  expect(link?.address).toMatch(/^https:\/\/example\.org\/ddpm\/#\/runs\/1\.[\w-]+$/);
  const back = readComparisonLink(link?.address as string);
  expect(back?.map(({ facts }) => facts.name)).toEqual(['Digits a', 'Digits b']);
  expect(back?.[0]?.facts.settings.training.learningRate).toBe(0.0005);
  expect(back?.[0]?.facts.settings.model).toEqual(slow.facts.settings.model);
  const losses = back?.[0]?.body.losses;
  expect(losses?.mean.length).toBeLessThanOrEqual(link?.points as number);
  expect(losses?.mean.length).toBeGreaterThan((link?.points as number) / 2);
  expect(losses).toMatchObject({ before: 0, end: 2000 });
  expect(losses?.mean.at(-1)).toBeGreaterThan(0.05);
  expect(losses?.least[0]).toBeLessThan(losses?.mean[0] as number);
  expect(back?.[0]?.body.heldOut.at(-1)?.step).toBe(2000);
  expect(back?.[0]?.body.samples).toEqual([]);
});

test('few runs take a short link, ten a longer one, and what no link can hold a file', () => {
  const short = comparisonLink(page, [longRun('a', 20), longRun('b', 20)]);
  expect(short?.address.length).toBeLessThanOrEqual(shortComparison);
  const ten = comparisonLink(
    page,
    Array.from('abcdefghij', (id) => longRun(id)),
  );
  expect(ten?.address.length).toBeGreaterThan(shortComparison);
  expect(ten?.points).toBeLessThanOrEqual(32);
  const changed = longRun('a');
  changed.body.marks = Array.from({ length: 3000 }, (_, i) => ({
    step: i * i,
    path: 'training.learningRate',
    before: Math.sin(i),
    after: Math.cos(i),
  }));
  expect(comparisonLink(page, [changed])).toBeNull();
});

test('what is no such link says why', () => {
  const { address } = comparisonLink(page, [longRun('a', 5)]) as { address: string };
  expect(readComparisonLink('https://example.org/#/runs')).toBeNull();
  expect(() => readComparisonLink(address.slice(0, -20))).toThrow('damaged');
  expect(() => readComparisonLink(`${address}.`)).toThrow('damaged');
  expect(() => readComparisonLink(address.replace('runs/1.', 'runs/2.'))).toThrow('newer version');
  expect(() => readComparisonLink(`${page}/1.${'a'.repeat(12_000)}`)).toThrow('12,002 characters');
});

test('a link of the first version goes on to mean the same', () => {
  const first =
    'bVE9b4MwEP0r1c0I2WAwYWuVpUPVod0iBje-pkgJibBTKYr4731HRCBSWWzuPb2P8-ZK324bA9VXaj3V5Cihzh0Y13W7a2N4kkmIro_snyPV2qr5S-h88u5_JHCMbbcbpQMzxO0gSnyi2gi8PXYeaJXQ_hhwUWmR0A_v_fsZaiotM_yfXI80kXsQtMh6_m23Eu_j9W1NUPw6-ot4iAiPbtzBDBYHdh3VG52qIoF4YUscRuU5jlxZ3cCZXYDZRqUrM5KUrgQthZPZ0oCz6xkVR5pOdSG0UudGtExuhZ3bqkGSe3Zs9dZTT90kw5BM42xRGalmIJ8ByTkDaDMBknxArNgepO7S675T9eA1j1NtstWD3QLLqgIvtHBcYCarSjGVEC-XT1gvFysrQ97bWpthaP4A';
  const [run] = readComparisonLink(`${page}/1.${first}`) as [ReturnType<typeof madeRun>];
  expect(run.facts).toMatchObject({
    ...{ id: 'a', name: 'Digits a', dataset: 'digits', title: 'Digits', step: 4 },
    settings: {
      model: { nSteps: 1000, nChannels: 32, chMults: [1, 2], imageSize: 8, schedule: 'linear' },
      training: { batchSize: 64, learningRate: 0.002, emaDecay: 0.995 },
      seed: 7,
    },
  });
  expect(run.body.losses).toMatchObject({ before: 0, end: 4, interval: 1 });
  expect(run.body.losses.mean.map((loss) => loss.toFixed(2))).toEqual(['1.05', '0.56', '0.40', '0.31']);
});
