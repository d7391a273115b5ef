import type { ConvAttributes } from '../contracts';
import type { Geometry } from '../taps';
import { gather, inputGradient } from '../webgpu/gather';
import { kernelGradient } from '../webgpu/kernelGradient';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { pixelSum } from '../webgpu/pixelSum';

/** The convolution's kernels on WebGPU: a gathering matrix product, forward and for the input, and Σ x ⊗ dy. */
export const conv2dKernels: WebgpuKernelSet<
  'DdpmConv2d' | 'DdpmConv2dInputGradient' | 'DdpmConv2dKernelGradient' | 'DdpmPixelSum'
> = {
  DdpmConv2d: (kernels, { x, kernel, ...added }, attributes) => {
    const { stride } = attributes;
    const [images, height, width] = x.shape as [number, number, number];
    const output = kernels.output([
      images,
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      kernel.shape[1] as number,
    ]);
    const geometry = geometryOf(attributes);
    gather(kernels, { input: x, output, kernel, geometry, upward: false, transposed: false, ...added });
    return [output];
  },
  DdpmConv2dInputGradient: (kernels, { dy, kernel }, { inputShape, ...attributes }) => {
    const geometry = geometryOf(attributes);
    return [inputGradient(kernels, { input: dy, kernel, geometry, upward: true }, inputShape)];
  },
  DdpmConv2dKernelGradient: (kernels, { x, dy }, attributes) => [
    kernelGradient(kernels, x, dy, geometryOf(attributes), false),
  ],
  DdpmPixelSum: (kernels, { dy }) => [pixelSum(kernels, dy)],
};

function geometryOf({ size, stride }: ConvAttributes): Geometry {
  return { size, stride, margin: (size - 1) / 2 };
}
