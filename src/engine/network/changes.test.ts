import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { createDiffusion } from '../diffusion/diffusion';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { relativeError } from '../parity/golden';
import { unetDenoiser } from '../unet/denoiser';
import type { Weights } from '../unet/weights';
import { activations } from './activations';
import { type Change, changeHooks } from './changes';
import { changesAsWeights, noisyImages, type Rewrite, smallConfig, weightsWith } from './testing';

const config = smallConfig();
const input = noisyImages(config);

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

describe.each([
  ['cpu', referenceOperations],
  ['wasm', fusedOperations],
] as const)('on %s', (backend, operations) => {
  const output = async (weights: Weights, changes: Change[] = []) => {
    await tf.setBackend(backend);
    const hooks = changeHooks(config, changes);
    const seen = await activations(config, operations, weights, input, ['final'], hooks);
    return seen.get('final')?.data as Float32Array;
  };
  const weightsOf = async (rewrites: Record<string, Rewrite> = {}) => {
    await tf.setBackend(backend);
    return weightsWith(config, rewrites);
  };

  test.each(changesAsWeights)('switched off, %s', async (_, changes, rewrites, both = {}) => {
    const whole = await weightsOf(both);
    const without = await weightsOf({ ...both, ...rewrites });
    const [unbroken, broken, expected] = [
      await output(whole),
      await output(whole, changes),
      await output(without),
    ];
    expect(relativeError(broken, expected)).toBeLessThan(1e-5);
    expect(relativeError(broken, unbroken)).toBeGreaterThan(1e-3);
    tf.dispose([...whole.values(), ...without.values()]);
  });

  test('what is added to a channel is like more bias', async () => {
    const whole = await weightsOf();
    const biased = await weightsOf({
      'down.2.res.conv2': (value, row, column, rows) =>
        row === rows - 1 && column === 3 ? value + 1.5 : value,
    });
    const added = await output(whole, [{ point: 'down.2.res', channel: 3, add: 1.5 }]);
    expect(relativeError(added, await output(biased))).toBeLessThan(1e-5);
    expect(relativeError(added, await output(whole))).toBeGreaterThan(1e-3);
    tf.dispose([...whole.values(), ...biased.values()]);
  });

  test('changes of one point follow one another, and a change by nothing is none', async () => {
    const weights = await weightsOf();
    const point = 'down.0.res';
    const once = await output(weights, [{ point, scale: 6, add: 2 }]);
    const twice = await output(weights, [
      { point, scale: 3, add: 0.5 },
      { point, scale: 2, add: 1 },
    ]);
    expect(relativeError(twice, once)).toBeLessThan(1e-5);
    expect(relativeError(await output(weights, [{ point }]), await output(weights))).toBeLessThan(1e-6);
    tf.dispose([...weights.values()]);
  });
});

test('a changed denoiser predicts what the changed network does', async () => {
  await tf.setBackend('wasm');
  const weights = await weightsWith(config);
  const hooks = changeHooks(config, [{ point: 'middle.attn.output', scale: 0 }]);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const both = { x: input.x, t: [7, 7] };
  const seen = await activations(config, fusedOperations, weights, both, ['final'], hooks);
  const eps = await unetDenoiser(config, diffusion, fusedOperations, weights, undefined, hooks)(input.x, 7);
  expect(relativeError(eps, seen.get('final')?.data as Float32Array)).toBeLessThan(1e-6);
  const unbroken = await unetDenoiser(config, diffusion, fusedOperations, weights)(input.x, 7);
  expect(relativeError(eps, unbroken)).toBeGreaterThan(1e-3);
  tf.dispose([...weights.values()]);
});

test.each<[Change, RegExp]>([
  [{ point: 'up.9.res.skip', scale: 0 }, /no point 'up.9.res.skip'/],
  [{ point: 'down.1', channel: 8 }, /channel of 'down.1' must be from 0 to 7, not 8/],
  [{ point: 'down.1', channel: -1 }, /from 0 to 7, not -1/],
  [{ point: 'down.1', scale: Number.NaN }, /finite numbers, not scale NaN/],
])('%j is refused', (change, message) => {
  expect(() => changeHooks(config, [change])).toThrow(message);
});
