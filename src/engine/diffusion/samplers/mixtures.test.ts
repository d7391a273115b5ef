import { describe, expect, test } from 'vitest';
import { Random } from '../../training/random';
import { alphaBarAt, createDiffusion, type Diffusion } from '../diffusion';
import { flowPoint } from '../flow';
import { type GaussianMixture, mixtureDenoiser, mixtureMoments } from '../gaussianMixture';
import type { SamplerDefinition } from './definition';
import type { SamplerSettings } from './sampler';
import { deterministicSamplers, generalSamplers, samplers } from './samplers';
import { type SpacingDefinition, type SpacingId, spacedTimesteps, spacings } from './spacings';

const standard = createDiffusion('linear', 1000);

const onALine: GaussianMixture = { weights: [0.3, 0.7], means: [[-0.8], [0.5]], variances: [0.01, 0.04] };
const inThePlane: GaussianMixture = {
  weights: [0.5, 0.3, 0.2],
  means: [
    [0.8, 0],
    [-0.6, 0.7],
    [-0.5, -0.8],
  ],
  variances: [0.02, 0.01, 0.04],
};

interface Run {
  diffusion?: Diffusion;
  mixture: GaussianMixture;
  definition: SamplerDefinition;
  steps: number;
  count: number;
  spacing?: SpacingId;
  choices?: Partial<SamplerSettings>;
}

async function samplesOf({
  diffusion = standard,
  mixture,
  definition,
  steps,
  count,
  spacing = 'even',
  choices = {},
}: Run): Promise<Float32Array> {
  const start = new Random(1).normal(count * (mixture.means[0] as number[]).length);
  let x = start;
  const settings: SamplerSettings = {
    diffusion,
    denoise: mixtureDenoiser(mixture, diffusion),
    start,
    timesteps: spacedTimesteps(diffusion, steps, spacing),
    random: new Random(2),
    variance: 'betaTilde',
    clipX0: false,
    ...choices,
  };
  for await (const step of definition.sampler(settings)) x = step.x;
  return x;
}

/** Share of the samples whose nearest mean is that of each component. */
function shares({ means }: GaussianMixture, samples: Float32Array): number[] {
  const dimensions = (means[0] as readonly number[]).length;
  const counts = means.map(() => 0);
  for (let row = 0; row < samples.length; row += dimensions) {
    const distances = means.map((mean) =>
      mean.reduce((sum, value, d) => sum + ((samples[row + d] as number) - value) ** 2, 0),
    );
    const nearest = distances.indexOf(Math.min(...distances));
    counts[nearest] = (counts[nearest] as number) + 1;
  }
  return counts.map((count) => count / (samples.length / dimensions));
}

function momentsOf(samples: Float32Array, dimensions: number) {
  const of = (d: number) => samples.filter((_, i) => i % dimensions === d);
  const columns = Array.from({ length: dimensions }, (_, d) => of(d));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const central = (power: number) =>
    columns.map(
      (column, d) =>
        column.reduce((sum, value) => sum + (value - (mean[d] as number)) ** power, 0) / column.length,
    );
  const variance = central(2);
  const kurtosis = central(4).map((fourth, d) => fourth / (variance[d] as number) ** 2);
  return { mean, variance, kurtosis };
}

const count = 2000;
/** Steps that are enough, by order; fresh noise needs most. */
const enough = (order: SamplerDefinition['order']) => (order === 2 ? 40 : order === 1 ? 100 : 200);
const runs: [string, SamplerDefinition, number, Partial<SamplerSettings>][] = [
  ...generalSamplers
    .map((id) => samplers[id])
    .map((definition): (typeof runs)[number] => [definition.title, definition, enough(definition.order), {}]),
  ['DDIM with η = 1', samplers.ddim, 200, { eta: 1 }],
];

describe.each([
  ['on a line', onALine],
  ['in the plane', inThePlane],
])('with the exact ε of a mixture %s, its moments come back', (_, mixture) => {
  test.each(runs)('%s', async (_, definition, steps, choices) => {
    const { spacing } = definition.defaults;
    const samples = await samplesOf({ mixture, definition, steps, count, spacing, choices });
    const truth = mixtureMoments(mixture);
    const { mean, variance, kurtosis } = momentsOf(samples, truth.mean.length);
    truth.mean.forEach((value, d) => {
      const deviation = Math.sqrt(truth.variance[d] as number);
      // Four standard errors, and what the discretisation adds.
      expect(Math.abs((mean[d] as number) - value)).toBeLessThan((4 * deviation) / Math.sqrt(count) + 0.01);
      const error = Math.sqrt(((kurtosis[d] as number) - 1) / count);
      expect(Math.abs((variance[d] as number) / (truth.variance[d] as number) - 1)).toBeLessThan(
        4 * error + 0.02,
      );
    });
    shares(mixture, samples).forEach((share, k) => {
      const weight = mixture.weights[k] as number;
      expect(Math.abs(share - weight)).toBeLessThan(4 * Math.sqrt((weight * (1 - weight)) / count) + 0.01);
    });
  });
});

test('the exact ε is the gradient of the density’s logarithm', async () => {
  const denoise = mixtureDenoiser(inThePlane, standard);
  for (const t of [0, 100, 999]) {
    const alphaBar = alphaBarAt(standard, t);
    const density = (x: number, y: number) =>
      inThePlane.weights.reduce((sum, weight, k) => {
        const variance = alphaBar * (inThePlane.variances[k] as number) + 1 - alphaBar;
        const [mx, my] = (inThePlane.means[k] as number[]).map((m) => Math.sqrt(alphaBar) * m) as [
          number,
          number,
        ];
        return sum + (weight / variance) * Math.exp(-((x - mx) ** 2 + (y - my) ** 2) / (2 * variance));
      }, 0);
    const [x, y, h] = [0.31, -0.22, 1e-4];
    const eps = await denoise(Float32Array.of(x, y), t);
    const [x32, y32] = [Math.fround(x), Math.fround(y)];
    const slope = (Math.log(density(x32 + h, y32)) - Math.log(density(x32 - h, y32))) / (2 * h);
    expect(eps[0]).toBeCloseTo(-Math.sqrt(1 - alphaBar) * slope, 3);
  }
});

/** Those whose steps need not be as even as those of a flow, see flow.test.ts. */
const wholeSteps = deterministicSamplers.filter((id) => samplers[id].defaults.spacing !== 'noiseShare');

describe.each(['linear', 'cosine'])(
  'with Gaussian data and the %s schedule, twice the steps make',
  (schedule) => {
    const gaussian: GaussianMixture = { weights: [1], means: [[0.4]], variances: [0.09] };
    const ofSchedule = createDiffusion(schedule, 1000);
    /** Largest error at the end of the paths of 64 points, to all 1,000 steps of the second order. */
    async function errors(definition: SamplerDefinition, all: number[]): Promise<number[]> {
      const end = async (of: SamplerDefinition, steps: number, spacing: SpacingId) =>
        samplesOf({ diffusion: ofSchedule, mixture: gaussian, definition: of, steps, count: 64, spacing });
      const truth = await end(samplers.heun, 1000, 'even');
      return Promise.all(
        all.map(async (steps) => {
          const x = await end(definition, steps, definition.defaults.spacing);
          return x.reduce(
            (largest, value, i) => Math.max(largest, Math.abs(value - (truth[i] as number))),
            0,
          );
        }),
      );
    }

    test.each(wholeSteps)('an error smaller by its order with %s', async (id) => {
      const ratio = 2 ** (samplers[id].order as number);
      const [at40, at80, at160] = (await errors(samplers[id], [40, 80, 160])) as [number, number, number];
      expect(Math.abs(at40 / at80 / ratio - 1)).toBeLessThan(0.2);
      expect(Math.abs(at80 / at160 / ratio - 1)).toBeLessThan(0.2);
    });

    test('and those of second order need far fewer calls of the network than DDIM for the same error', async () => {
      const [ddim] = (await errors(samplers.ddim, [80])) as [number];
      const [multistep] = (await errors(samplers.dpmSolver, [20])) as [number];
      const [heun] = (await errors(samplers.heun, [20])) as [number];
      expect(samplers.heun.evaluations(20)).toBeLessThan(40);
      expect(multistep).toBeLessThan(ddim);
      // By half the calls.
      expect(heun).toBeLessThan(2 * ddim);
    });
  },
);

test.each(Object.entries(samplers))(
  '%s evaluates the network as often as its definition says',
  async (_, definition) => {
    let calls = 0;
    const denoise = async (xt: Float32Array) => {
      calls++;
      return xt.map(() => 0);
    };
    await samplesOf({ mixture: onALine, definition, steps: 7, count: 1, choices: { denoise } });
    expect(calls).toBe(definition.evaluations(7));
  },
);

test.each(Object.keys(spacings) as SpacingId[])(
  'timesteps spaced %s fall from T − 1, each once, and to 0 where they are not trailing',
  (spacing) => {
    for (const steps of [2, 3, 20, 400, 999, 1000]) {
      const visited = spacedTimesteps(standard, steps, spacing);
      expect(visited.length).toBe(steps);
      expect(visited[0]).toBe(999);
      const { trailing }: SpacingDefinition = spacings[spacing];
      if (!trailing) expect(visited.at(-1)).toBe(0);
      expect(visited.every((t, i) => i === 0 || t < (visited[i - 1] as number))).toBe(true);
    }
  },
);

test('trailing steps are as long in the end as in the beginning, in t or in the share of noise', () => {
  expect(spacedTimesteps(standard, 4, 'trailing')).toEqual([999, 749, 499, 249]);
  // 999 (1 − u)² at u = 0, ¼, ½, ¾, 1.
  expect(spacedTimesteps(standard, 5, 'quadratic')).toEqual([999, 562, 250, 62, 0]);
  const shares = [...spacedTimesteps(standard, 4, 'noiseShare'), -1].map((t) => flowPoint(standard, t).s);
  const steps = shares.slice(1).map((s, i) => (shares[i] as number) - s);
  for (const step of steps) expect(step).toBeCloseTo((shares[0] as number) / 4, 2);
});
