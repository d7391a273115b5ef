import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWebgpu } from '../backend/webgpu';
import { Random } from '../training/random';
import { adamEmaDifference } from './adamEma/agreement';
import { type AgreementSettings, assertAgreement } from './agreement';
import { runKernel } from './contracts';
import { fusedOperations } from './fused';
import { operationCases } from './operationCases';
import type { AdamEmaUpdate } from './operations';
import { referenceOperations } from './reference';
import { registerWebgpuKernels } from './webgpu/register';

const fusedOnWebgpu: AgreementSettings = {
  operations: fusedOperations,
  backend: 'webgpu',
  reference: referenceOperations,
  referenceBackend: 'cpu',
  tolerance: 1e-5,
};

let fault: string | undefined;

beforeAll(async () => {
  await tf.setBackend('cpu');
  await startWebgpu({
    allowSoftware: true,
    onLost: (reason) => {
      fault = reason;
    },
  });
});

beforeEach(() => tf.setBackend('webgpu'));
afterEach(() => expect(fault).toBeUndefined());
afterAll(() => tf.setBackend('cpu'));

/** The tests' adapter runs on the CPU: the way of GPUs has to be asked for. */
describe.each([
  { adapter: 'this adapter', traits: undefined, runs: 5 },
  { adapter: 'a GPU', traits: { software: false, quads: false }, runs: 3 },
])(
  'fused operations on webgpu, as $adapter runs them, agree with the reference on cpu',
  ({ traits, runs }) => {
    for (const [name, cases] of Object.entries(operationCases(17))) {
      test(name, async () => {
        registerWebgpuKernels(traits ? { traits } : {});
        await fc.assert(
          fc.asyncProperty(cases, (operationCase) => assertAgreement(operationCase, fusedOnWebgpu)),
          { numRuns: runs },
        );
      });
    }
  },
);

test('concat joins two tensors on any axis, and leaves the rest to the stock kernel', async () => {
  for (const [width, axis] of [5, 8].flatMap((width) => [0, 1, -1].map((axis) => [width, axis] as const))) {
    const [a, b] = [tf.range(0, 6 * width).reshape([2, 3, width]), tf.zeros([2, 3, width])];
    const [joined, stock] = [tf.concat([a, b], axis), tf.concat([a, b, b], axis)];
    expect(await joined.data()).toEqual(await stock.slice([0, 0, 0], joined.shape).data());
    const whole = tf.concat([a.toInt(), b.toInt()], axis);
    expect(whole.dtype).toBe('int32');
    expect(Float32Array.from(await whole.data())).toEqual(await joined.data());
  }
});

describe('adamEma on webgpu', () => {
  const settings = { learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, emaDecay: 0.9 };
  const shapes = [[3], [1], [17, 5], [64, 33], [150, 130]];

  test('agrees with float64 over five steps, in place', async () => {
    const random = new Random(7);
    const normal = () => random.normal(1)[0] as number;
    expect(await adamEmaDifference(fusedOperations, shapes, settings, 5, normal)).toBeLessThan(2e-6);
  });

  /** Five steps, with what `between` does to the variables after each; the parameters then. */
  async function train(between: (updates: AdamEmaUpdate[]) => Promise<void>): Promise<Float32Array[]> {
    const random = new Random(3);
    const draw = (shape: number[]) => tf.tensor(random.normal(tf.util.sizeFromShape(shape)), shape);
    const variable = (shape: number[]) => tf.tidy(() => tf.variable(draw(shape)));
    const owned = shapes.map((shape) => ({
      parameter: variable(shape),
      m: tf.tidy(() => tf.variable(tf.zeros(shape))),
      v: tf.tidy(() => tf.variable(tf.zeros(shape))),
      ema: variable(shape),
      shape,
    }));
    for (let step = 1; step <= 5; step++) {
      const updates = owned.map(({ shape, ...variables }) => ({ ...variables, gradient: draw(shape) }));
      fusedOperations.adamEma(updates, { ...settings, step });
      await between(updates);
      tf.dispose(updates.map(({ gradient }) => gradient));
    }
    const values = await Promise.all(owned.map(({ parameter }) => parameter.data<'float32'>()));
    for (const { shape: _, ...variables } of owned) tf.dispose(Object.values(variables));
    return values;
  }

  test('goes on after its tensors were read, used by stock kernels and assigned', async () => {
    const untouched = await train(async () => {});
    const read = await train(async (updates) => {
      for (const { parameter, m } of updates) await Promise.all([parameter.data(), m.data()]);
    });
    const used = await train(async (updates) => {
      for (const { parameter, ema } of updates) tf.dispose([tf.mul(parameter, 2), tf.add(ema, parameter)]);
    });
    const assigned = await train(async (updates) => {
      for (const variables of updates) {
        for (const name of ['parameter', 'm', 'v', 'ema'] as const)
          tf.tidy(() => variables[name].assign(variables[name].mul(1)));
      }
    });
    expect(read).toEqual(untouched);
    expect(used).toEqual(untouched);
    expect(assigned).toEqual(untouched);
  });

  test('gives its memory back with its tensors', async () => {
    const bytes = async () => {
      await tf.zeros([1]).mul(2).data();
      return (tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU;
    };
    await train(async () => {});
    const before = await bytes();
    await train(async () => {});
    expect(await bytes()).toBe(before);
  });
});

describe('a gradient in parts', () => {
  const gradientOf = () => {
    const random = new Random(5);
    const image = () => tf.tensor4d(random.normal(4 * 64 * 4), [4, 8, 8, 4]);
    const [x, dy] = [image(), image()];
    return { x, dy, gradient: runKernel('DdpmConv2dKernelGradient', { x, dy }, { size: 3, stride: 1 })[0] };
  };

  test('is whole for the stock kernels, and when it is read', async () => {
    registerWebgpuKernels({ traits: { software: false, quads: false } });
    const { x, dy, gradient } = gradientOf() as { x: tf.Tensor; dy: tf.Tensor; gradient: tf.Tensor2D };
    const read = await gradient.data();
    const bias = await dy.sum([0, 1, 2]).data();
    expect(Array.from(read.slice(-4))).toEqual(Array.from(bias, (value) => expect.closeTo(value, 4)));
    const doubled = tf.add(gradient, gradient);
    expect(await doubled.data()).toEqual(Float32Array.from(read, (value) => 2 * value));
    expect(await gradient.data()).toEqual(read);
    tf.dispose([x, dy, gradient, doubled]);
  });
});
