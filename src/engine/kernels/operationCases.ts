import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { OperationCase, PlainTensor } from './agreement';

/**
 * Random uses of every differentiable operation and of combine, over odd shapes, for property tests on any backend.
 * `channels` bounds the channel counts, for backends that are slow here.
 */
export function operationCases(largestChannels = 128): Record<string, fc.Arbitrary<OperationCase>> {
  const channels = fc.constantFrom(
    ...[1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 32, 33, 64, 96, 128].filter((count) => count <= largestChannels),
  );
  const shape = fc.record({ images, height: side, width: side, inputs: channels, outputs: channels, seed });
  return {
    conv2d: fc
      .record({
        shape,
        size: fc.constantFrom<1 | 3>(1, 3),
        stride: fc.constantFrom<1 | 2>(1, 2),
        shift: fc.boolean(),
        sum: fc.constantFrom('none', 'residual', 'shortcut'),
        shortcutInputs: channels,
      })
      .map(convolution),
    conv2dOfEights: fc
      .record({
        shape: fc.record({ images, height: side, width: side, inputs: eights, outputs: eights, seed }),
        size: fc.constant<3>(3),
        stride: fc.constant<1>(1),
        shift: fc.boolean(),
        sum: fc.constantFrom('none', 'residual', 'shortcut'),
        shortcutInputs: channels,
      })
      .map(convolution),
    convTranspose2d: shape.map(transposedConvolution),
    linear: fc
      .record({
        rows: fc.integer({ min: 1, max: 40 }),
        inputs: channels,
        outputs: channels,
        silu: fc.boolean(),
        residual: fc.boolean(),
        seed,
      })
      .map(linear),
    linears: fc
      .record({
        rows: fc.integer({ min: 1, max: 80 }),
        inputs: channels,
        outputs: fc.array(channels, { minLength: 1, maxLength: 6 }),
        seed,
      })
      .map(linears),
    groupNorm: fc
      .record({
        shape,
        groups: fc.constantFrom(1, 2, 3, 8, 32),
        silu: fc.boolean(),
        rate: fc.constantFrom(0, 0.1, 0.5),
        dropoutSeed: fc.integer({ min: 0, max: 0xffffffff }),
      })
      .map(normalisation),
    attention: fc
      .record({ images, length: fc.integer({ min: 1, max: 70 }), depth: channels, seed })
      .map(attention),
    concatenate: shape.map(concatenation),
    squaredError: fc.tuple(shape, fc.boolean()).map(squaredError),
    hybridError: fc.tuple(shape, fc.boolean()).map(hybridError),
    combine: shape.map(combination),
  };
}

const images = fc.integer({ min: 1, max: 4 });
const side = fc.integer({ min: 1, max: 9 });
/** Channels of layers that a kernel may compute by tiles. */
const eights = fc.constantFrom(8, 16, 24);
const seed = fc.integer({ min: 0, max: 0x7fffffff });

interface Shape {
  images: number;
  height: number;
  width: number;
  inputs: number;
  outputs: number;
  seed: number;
}

function convolution(settings: {
  shape: Shape;
  size: 1 | 3;
  stride: 1 | 2;
  shift: boolean;
  sum: string;
  shortcutInputs: number;
}): OperationCase {
  const { shape, size, stride, shift, sum, shortcutInputs } = settings;
  const { images, height, width, inputs, outputs } = shape;
  const random = normals(shape.seed);
  const output = [images, Math.ceil(height / stride), Math.ceil(width / stride)];
  const rows = size * size * inputs;
  const tensors: Record<string, PlainTensor> = {
    x: random([images, height, width, inputs]),
    kernel: random([rows + 1, outputs], rows ** -0.5),
  };
  if (shift) tensors.shift = random([images, outputs]);
  if (sum === 'residual') tensors.residual = random([...output, outputs]);
  if (sum === 'shortcut') {
    tensors.shortcutX = random([...output, shortcutInputs]);
    tensors.shortcutKernel = random([shortcutInputs + 1, outputs], shortcutInputs ** -0.5);
  }
  return {
    label: `conv2d ${JSON.stringify(settings)}`,
    inputs: tensors,
    run: (operations, named) => {
      const shortcut = {
        x: named.shortcutX as tf.Tensor4D,
        kernel: named.shortcutKernel as tf.Tensor2D,
      };
      return operations.conv2d(named.x as tf.Tensor4D, named.kernel as tf.Tensor2D, {
        size,
        stride,
        ...(shift ? { shift: named.shift as tf.Tensor2D } : {}),
        ...(sum === 'residual' ? { residual: named.residual as tf.Tensor4D } : {}),
        ...(sum === 'shortcut' ? { shortcut } : {}),
      });
    },
  };
}

function transposedConvolution(shape: Shape): OperationCase {
  const { images, height, width, inputs, outputs } = shape;
  const random = normals(shape.seed);
  return {
    label: `convTranspose2d ${JSON.stringify(shape)}`,
    inputs: {
      x: random([images, height, width, inputs]),
      kernel: random([16 * inputs + 1, outputs], (16 * inputs) ** -0.5),
    },
    run: (operations, { x, kernel }) => operations.convTranspose2d(x as tf.Tensor4D, kernel as tf.Tensor2D),
  };
}

function linear(settings: {
  rows: number;
  inputs: number;
  outputs: number;
  silu: boolean;
  residual: boolean;
  seed: number;
}): OperationCase {
  const { rows, inputs, outputs, silu, residual } = settings;
  const random = normals(settings.seed);
  const tensors: Record<string, PlainTensor> = {
    x: random([rows, inputs]),
    kernel: random([inputs + 1, outputs], inputs ** -0.5),
  };
  if (residual) tensors.residual = random([rows, outputs]);
  return {
    label: `linear ${JSON.stringify(settings)}`,
    inputs: tensors,
    run: (operations, named) =>
      operations.linear(named.x as tf.Tensor2D, named.kernel as tf.Tensor2D, {
        ...(silu ? { activation: 'silu' as const } : {}),
        ...(residual ? { residual: named.residual as tf.Tensor2D } : {}),
      }),
  };
}

function linears(settings: { rows: number; inputs: number; outputs: number[]; seed: number }): OperationCase {
  const { rows, inputs, outputs } = settings;
  const random = normals(settings.seed);
  const x = random([rows, inputs]);
  const kernels = Object.fromEntries(
    outputs.map((width, i) => [`kernel${i}`, random([inputs + 1, width], inputs ** -0.5)]),
  );
  return {
    label: `linears ${JSON.stringify(settings)}`,
    inputs: { x, ...kernels },
    run: (operations, { x, ...named }) =>
      tf.concat(operations.linears(x as tf.Tensor2D, Object.values(named) as tf.Tensor2D[]), 1),
  };
}

function normalisation(settings: {
  shape: Shape;
  groups: number;
  silu: boolean;
  rate: number;
  dropoutSeed: number;
}): OperationCase {
  const { shape, groups, silu, rate, dropoutSeed } = settings;
  const { images, height, width, inputs } = shape;
  // In a group of few elements the input's gradient cancels: what is left of it is mostly rounding.
  const perGroup = Math.max(Math.ceil(inputs / groups), Math.ceil(8 / (height * width)));
  const channels = groups * perGroup;
  const random = normals(shape.seed);
  return {
    label: `groupNorm ${JSON.stringify({ ...settings, channels })}`,
    inputs: { x: random([images, height, width, channels]), affine: random([2, channels]) },
    run: (operations, { x, affine }) =>
      operations.groupNorm(x as tf.Tensor4D, affine as tf.Tensor2D, {
        groups,
        silu,
        dropout: { rate, seed: dropoutSeed },
      }),
  };
}

function attention(settings: { images: number; length: number; depth: number; seed: number }): OperationCase {
  const { images, length, depth } = settings;
  return {
    label: `attention ${JSON.stringify(settings)}`,
    inputs: { qkv: normals(settings.seed)([images, length, 3 * depth]) },
    run: (operations, { qkv }) => operations.attention(qkv as tf.Tensor3D),
  };
}

function concatenation(shape: Shape): OperationCase {
  const { images, height, width, inputs, outputs } = shape;
  const random = normals(shape.seed);
  return {
    label: `concatenate ${JSON.stringify(shape)}`,
    inputs: {
      a: random([images, height, width, inputs]),
      b: random([images, height, width, outputs]),
    },
    run: (operations, { a, b }) => operations.concatenate(a as tf.Tensor4D, b as tf.Tensor4D),
  };
}

/** The loss with its gradient, or the shares: a fused one has the gradient of their sum alone. */
function squaredError([shape, summed]: [Shape, boolean]): OperationCase {
  const { images, height, width, inputs } = shape;
  const random = normals(shape.seed);
  const { shape: weights, values } = random([images]);
  const prediction = random([images, height, width, inputs]);
  return {
    label: `${summed ? 'the sum' : 'the shares'} of squaredError ${JSON.stringify(shape)}`,
    inputs: summed ? { prediction } : {},
    constants: {
      ...(summed ? {} : { prediction }),
      target: random([images, height, width, inputs]),
      // Weights of both signs would cancel, and leave no digit to compare.
      weight: { shape: weights, values: values.map(Math.abs) },
    },
    run: (operations, { prediction, target, weight }) => {
      const [y, wanted, weights] = [prediction as tf.Tensor4D, target as tf.Tensor4D, weight as tf.Tensor1D];
      const shares = operations.squaredError(y, wanted, weights);
      return summed ? shares.sum() : shares;
    },
  };
}

/** As squaredError; every second image has the decoder's term, and all variances lie around those of a reverse step. */
function hybridError([shape, summed]: [Shape, boolean]): OperationCase {
  const { images, height, width, inputs } = shape;
  const random = normals(shape.seed);
  const prediction = random([images, height, width, 2 * inputs]);
  const image = random([images, height, width, inputs]);
  const factors = Array.from({ length: images }, (_, n) => {
    const logLow = -6 + n;
    return [0.5 + n, 1.5, logLow, logLow + 0.1 + 0.4 * n, 0.02 * (n + 1), n % 2 ? 1 / 16 : 0];
  });
  return {
    label: `${summed ? 'the sum' : 'the shares'} of hybridError ${JSON.stringify(shape)}`,
    inputs: summed ? { prediction } : {},
    constants: {
      ...(summed ? {} : { prediction }),
      target: random([images, height, width, inputs]),
      image: { shape: image.shape, values: image.values.map((value) => Math.max(-1, Math.min(1, value))) },
      factors: { shape: [images, 6], values: Float32Array.from(factors.flat()) },
    },
    run: (operations, { prediction, target, image, factors }) => {
      const [y, wanted, x0] = [prediction, target, image] as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      const shares = operations.hybridError(y, wanted, x0, factors as tf.Tensor2D);
      return summed ? shares.sum() : shares;
    },
  };
}

function combination(shape: Shape): OperationCase {
  const { images, height, width, inputs } = shape;
  const random = normals(shape.seed);
  return {
    label: `combine ${JSON.stringify(shape)}`,
    inputs: {},
    constants: {
      x: random([images, height, width, inputs]),
      y: random([images, height, width, inputs]),
      a: random([images]),
      b: random([images]),
    },
    run: (operations, { x, y, a, b }) =>
      operations.combine(x as tf.Tensor4D, a as tf.Tensor1D, y as tf.Tensor4D, b as tf.Tensor1D),
  };
}

/** Tensors of normal numbers times a scale, from a seed (mulberry32, Box and Muller). */
function normals(seed: number): (shape: number[], scale?: number) => PlainTensor {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return (shape, scale = 1) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from(
      { length: size },
      () => scale * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    );
    return { shape, values };
  };
}
