import { describe, expect, test } from 'vitest';
import { mixtureDenoiser } from '../diffusion/gaussianMixture';
import { samplers } from '../diffusion/samplers/samplers';
import { Random } from '../training/random';
import { energyDistance } from './energyDistance';
import { fieldErrors, fieldProbes } from './fieldError';
import { boundedDenoiser, reversePaths } from './paths';
import { drawPoints, mixtureOf, pointData } from './pointData';
import { createPointModel } from './pointModel';
import { type PointSetId, pointSets } from './sets/pointSets';

const config = { layers: 3, width: 96, nSteps: 200, schedule: 'cosine' };
const trainer = { batchSize: 256, learningRate: 3e-3, emaDecay: 0.995 };
/** What two cores do in well under ten seconds. */
const updates = 2000;

describe('after 2,000 updates', () => {
  test.each(Object.keys(pointSets) as PointSetId[])(
    '%s: the field is near the exact one, and samples are near the data',
    async (set) => {
      const data = pointData({ set, count: 256 }, 0.08);
      const model = await createPointModel(config, 7);
      const { diffusion } = model;
      const exact = mixtureDenoiser(mixtureOf(data), diffusion);
      const probes = await fieldProbes(diffusion, data, exact, [5, 20, 60, 100, 150, 190], 256);
      const error = async () => {
        const errors = await fieldErrors(probes, model.denoiser());
        return Math.sqrt(errors.reduce((sum, value) => sum + value ** 2, 0) / errors.length);
      };
      expect(await error(), 'a new network knows nothing').toBeGreaterThan(0.6);
      for (let i = 0; i < updates; i++) model.trainStep(data, trainer);
      expect(await error()).toBeLessThan(set === 'spiral' ? 0.25 : 0.15);

      const fresh = drawPoints(data, 1000, new Random(5));
      const denoise = boundedDenoiser(model.denoiser(), diffusion, 2.5);
      const choices = { diffusion, denoise };
      const { positions } = await reversePaths(samplers.ddim, choices, { count: 500, steps: 50, seed: 3 });
      const samples = energyDistance(positions.at(-1) as Float32Array, fresh);
      const noise = energyDistance(new Random(8).normal(1000), fresh);
      const again = energyDistance(drawPoints(data, 500, new Random(6)), fresh);
      expect(again).toBeLessThan(0.006);
      expect(samples, `fresh data ${again}, noise ${noise}`).toBeLessThan(Math.min(0.008, noise / 2));
    },
  );

  test('the same seed learns the same', async () => {
    const data = pointData({ set: 'moons', count: 64 }, 0.1);
    const learn = async (seed: number) => {
      const model = await createPointModel({ ...config, width: 16 }, seed);
      const losses = Array.from({ length: 20 }, () => model.trainStep(data, trainer).loss);
      return { losses, eps: model.predict(new Random(1).normal(8), 50) };
    };
    expect(await learn(1)).toEqual(await learn(1));
    expect(await learn(1)).not.toEqual(await learn(2));
  });
});

test('what cannot be used is said', async () => {
  expect(() => pointData({ drawn: new Float32Array() }, 0.1)).toThrow('no points');
  expect(() => pointData({ drawn: new Float32Array(4096) }, 0.1)).toThrow('1024');
  expect(() => pointData({ set: 'moons', count: 1.5 }, 0.1)).toThrow('1.5');
  expect(() => pointData({ set: 'moons', count: 16 }, 0)).toThrow('0');
  await expect(createPointModel({ ...config, width: 0 }, 1)).rejects.toThrow('width');
});
