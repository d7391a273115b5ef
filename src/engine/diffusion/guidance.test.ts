import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { alphaBarAt, createDiffusion } from './diffusion';
import { type ClassDenoiser, type Condition, conditionsOf, guidedDenoiser } from './guidance';
import { ddim } from './samplers/ddim';
import { timesteps } from './samplers/spacings';

const diffusion = createDiffusion('linear', 1000);
/** Data of one pixel: class 0 ~ N(−0.4, 0.3²), class 1 ~ N(0.4, 0.3²), as many of each. */
const means = [-0.4, 0.4];
const spread = 0.3;

/** E[ε | x_t, c], and E[ε | x_t] of the mixture for no class: exact. */
const exact: ClassDenoiser = async (xt, t, labels) => {
  const alphaBar = alphaBarAt(diffusion, t);
  const variance = alphaBar * spread ** 2 + 1 - alphaBar;
  const epsOf = (x: number, label: number) =>
    (Math.sqrt(1 - alphaBar) * (x - Math.sqrt(alphaBar) * (means[label] as number))) / variance;
  const density = (x: number, label: number) =>
    Math.exp(-((x - Math.sqrt(alphaBar) * (means[label] as number)) ** 2) / (2 * variance));
  return xt.map((x, i) => {
    const label = labels[i] as number;
    if (label >= 0) return epsOf(x, label);
    const [first, second] = [density(x, 0), density(x, 1)];
    return (first * epsOf(x, 0) + second * epsOf(x, 1)) / (first + second);
  });
};

/** Mean and spread of a thousand images of class 1, by DDIM, from the same noise for every w. */
async function momentsAt(guidance: number, label = 1): Promise<{ mean: number; spread: number }> {
  const count = 1000;
  const conditions = Array.from({ length: count }, () => ({ label, guidance }));
  let images = new Float32Array();
  for await (const { x } of ddim({
    diffusion,
    denoise: guidedDenoiser(exact, conditions),
    start: new Random(3).normal(count),
    timesteps: timesteps(1000, 200),
    random: new Random(4),
    variance: 'beta',
    clipX0: false,
  }))
    images = x as Float32Array<ArrayBuffer>;
  const mean = images.reduce((sum, x) => sum + x, 0) / count;
  const variance = images.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
  return { mean, spread: Math.sqrt(variance) };
}

describe('guidance of an exact mixture of two Gaussians', () => {
  it('w = 0 draws the class as it is', async () => {
    for (const label of [0, 1]) {
      const { mean, spread: drawn } = await momentsAt(0, label);
      expect(mean).toBeCloseTo(means[label] as number, 1);
      expect(Math.abs(drawn - spread)).toBeLessThan(0.03);
    }
  });

  it('moves a class away from the other, and narrows it, the more the larger w', async () => {
    const [none, some, much] = [await momentsAt(0), await momentsAt(1), await momentsAt(4)];
    expect(some.mean).toBeGreaterThan(none.mean + 0.05);
    expect(much.mean).toBeGreaterThan(some.mean + 0.05);
    expect(some.spread).toBeLessThan(none.spread - 0.02);
    expect(much.spread).toBeLessThan(some.spread);
    // By symmetry, the other class goes the other way.
    expect((await momentsAt(4, 0)).mean).toBeLessThan(-some.mean);
  });

  it('without a class draws both', async () => {
    const { mean, spread: drawn } = await momentsAt(3, -1);
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(Math.abs(drawn - Math.hypot(spread, 0.4))).toBeLessThan(0.05);
  });
});

describe('guidedDenoiser', () => {
  const conditions: Condition[] = [
    { label: 1, guidance: 2 },
    { label: 0, guidance: 0 },
    { label: -1, guidance: 5 },
    { label: 0, guidance: 0.5 },
  ];
  /** Two values an image, which tell the class that was asked for. */
  const asked: number[][] = [];
  const telling: ClassDenoiser = async (xt, t, labels) => {
    asked.push([...labels]);
    return xt.map((x, i) => x + t + 10 * (labels[Math.floor(i / 2)] as number));
  };

  it('gives each image (1 + w) ε_c − w ε_∅ with its own class and w, in one call', async () => {
    const xt = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const eps = await guidedDenoiser(telling, conditions)(xt, 100);
    const expected = [...xt].map((x, i) => {
      const { label, guidance } = conditions[Math.floor(i / 2)] as Condition;
      const [conditional, unconditional] = [x + 100 + 10 * label, x + 100 - 10];
      return label < 0 ? unconditional : (1 + guidance) * conditional - guidance * unconditional;
    });
    expect([...eps]).toEqual(expected);
    expect(asked).toEqual([[1, 0, -1, 0, -1, -1]]);
  });
});

describe('conditionsOf', () => {
  it('takes the classes in turn, one for all, or none', () => {
    const labels = (...args: Parameters<typeof conditionsOf>) => conditionsOf(...args).map((c) => c.label);
    expect(labels('each', 2, 5, 3)).toEqual([0, 1, 2, 0, 1]);
    expect(labels(2, 2, 3, 3)).toEqual([2, 2, 2]);
    expect(labels('none', 2, 2, 3)).toEqual([-1, -1]);
    expect(labels('none', 2, 2, 0)).toEqual([-1, -1]);
  });

  it.each<[Parameters<typeof conditionsOf>, RegExp]>([
    [['each', 1, 2, 0], /has learned no classes.*train a model with classes/],
    [[3, 1, 2, 3], /from 0 to 2, not 3/],
    [[0.5, 1, 2, 3], /from 0 to 2, not 0.5/],
    [[0, -1, 2, 3], /w must be from 0 to 8, not -1/],
    [[0, Number.NaN, 2, 3], /not NaN/],
  ])('%j is refused', (args, message) => {
    expect(() => conditionsOf(...args)).toThrow(message);
  });
});
