import type * as tf from '@tensorflow/tfjs';
import type { GroupNormAttributes } from '../contracts';
import { real, roundUp, type WasmKernels } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';
import { dropoutThreshold, hash32 } from './dropoutMask';

/** Group normalisation on wasm, picture by picture. */
export const groupNormKernels: WasmKernelSet<'DdpmGroupNorm' | 'DdpmGroupNormGradient'> = {
  DdpmGroupNorm: (kernels, { x, affine }, attributes) => {
    const { pictures, channels, shape } = sizesOf(x);
    const y = kernels.output(x.shape);
    const statistics = kernels.output([pictures * attributes.groups, 2]);
    kernels.reserve(0, 2 * roundUp(channels, 4) * 4);
    kernels.run('groupNorm', pictures, [
      ...addresses(kernels, [x, affine, y, statistics]),
      ...shape,
      ...settings(attributes),
    ]);
    return [y, statistics];
  },
  DdpmGroupNormGradient: (kernels, { dy, x, affine, statistics }, attributes) => {
    const { pictures, channels, shape } = sizesOf(x);
    const dx = kernels.output(x.shape);
    const dAffine = kernels.output([2, channels]);
    const partial = kernels.reserve(pictures * 2 * channels * 4, 6 * roundUp(channels, 4) * 4);
    kernels.run('groupNormGradient', pictures, [
      ...addresses(kernels, [dy, x, affine, statistics, dx]),
      partial,
      ...shape,
      ...settings(attributes),
    ]);
    // Σ over the pictures: they stand to the rows of `partial` as pixels to a picture.
    kernels.run('pixelSum', 1, [partial, kernels.address(dAffine), pictures, 2 * channels]);
    return [dx, dAffine];
  },
};

function sizesOf(x: tf.TensorInfo) {
  const [pictures, height, width, channels] = x.shape as [number, number, number, number];
  return { pictures, channels, shape: [height * width, channels] };
}

function addresses(kernels: WasmKernels, tensors: tf.TensorInfo[]): number[] {
  return tensors.map((tensor) => kernels.address(tensor));
}

function settings({ groups, silu, dropoutRate, dropoutSeed }: GroupNormAttributes): number[] {
  return [
    groups,
    silu ? 1 : 0,
    dropoutRate > 0 ? 1 : 0,
    dropoutThreshold(dropoutRate),
    hash32(dropoutSeed),
    real(1 / (1 - dropoutRate)),
  ];
}
