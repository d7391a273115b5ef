import type * as tf from '@tensorflow/tfjs';
import type { GroupNormAttributes } from '../contracts';
import { type Live, now } from '../replay/live';
import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';
import { roundUp } from '../wasm/memory';
import { dropoutThreshold, hash32 } from './dropoutMask';

/** Group normalisation on wasm, image by image. */
export const groupNormKernels: WasmKernelSet<'DdpmGroupNorm' | 'DdpmGroupNormGradient'> = {
  DdpmGroupNorm: (kernels, { x, affine }, attributes) => {
    const { images, channels, shape } = sizesOf(x);
    const y = kernels.output(x.shape);
    const statistics = kernels.output([images * attributes.groups, 2]);
    kernels.reserve(0, 2 * roundUp(channels, 4) * 4);
    kernels.run('groupNorm', images, [x, affine, y, statistics], settings(shape, attributes));
    return [y, statistics];
  },
  DdpmGroupNormGradient: (kernels, { dy, x, affine, statistics }, attributes) => {
    const { images, channels, shape } = sizesOf(x);
    const dx = kernels.output(x.shape);
    const dAffine = kernels.output([2, channels]);
    const partial = kernels.reserve(images * 2 * channels * 4, 6 * roundUp(channels, 4) * 4);
    const pointers = [dy, x, affine, statistics, dx, partial];
    kernels.run('groupNormGradient', images, pointers, settings(shape, attributes));
    // Σ over the images: they stand to the rows of `partial` as pixels to an image.
    kernels.run('pixelSum', 1, [partial, dAffine], [images, 2 * channels]);
    return [dx, dAffine];
  },
};

function sizesOf(x: tf.TensorInfo) {
  const [images, height, width, channels] = x.shape as [number, number, number, number];
  return { images, channels, shape: [height * width, channels] };
}

/** All that is no pointer; told anew at each run where there is dropout. */
function settings(
  shape: readonly number[],
  { groups, silu, dropoutRate, dropoutSeed }: GroupNormAttributes,
): Live<number[]> {
  const values = () => [
    ...shape,
    groups,
    silu ? 1 : 0,
    dropoutRate > 0 ? 1 : 0,
    dropoutThreshold(dropoutRate),
    hash32(now(dropoutSeed)),
    real(1 / (1 - dropoutRate)),
  ];
  return dropoutRate > 0 ? values : values();
}
