import type { ConvAttributes } from '../contracts';
import { convolutionTaps, type Geometry, transposedPhases } from '../taps';
import { gather } from '../webgpu/gather';
import { kernelGradient } from '../webgpu/kernelGradient';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { pixelSum } from '../webgpu/pixelSum';

/** The convolution's kernels on WebGPU: a gathering matrix product, forward and for the input, and Σ x ⊗ dy. */
export const conv2dKernels: WebgpuKernelSet<
  'DdpmConv2d' | 'DdpmConv2dInputGradient' | 'DdpmConv2dKernelGradient' | 'DdpmPixelSum'
> = {
  DdpmConv2d: (kernels, { x, kernel, ...added }, attributes) => {
    const { stride } = attributes;
    const [pictures, height, width] = x.shape as [number, number, number];
    const output = kernels.output([
      pictures,
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      kernel.shape[1] as number,
    ]);
    const phases = [{ y: 0, x: 0, taps: convolutionTaps(geometryOf(attributes)) }];
    const steps = { inStep: stride, outStep: 1 };
    gather(kernels, { input: x, output, kernel, transposed: false, phases, ...steps, bias: true, ...added });
    return [output];
  },
  DdpmConv2dInputGradient: (kernels, { dy, kernel }, { inputShape, ...attributes }) => {
    const output = kernels.output(inputShape);
    const phases = transposedPhases(geometryOf(attributes));
    const steps = { inStep: 1, outStep: attributes.stride };
    gather(kernels, { input: dy, output, kernel, transposed: true, phases, ...steps, bias: false });
    return [output];
  },
  DdpmConv2dKernelGradient: (kernels, { x, dy }, attributes) => [
    kernelGradient(kernels, x, dy, geometryOf(attributes), false),
  ],
  DdpmPixelSum: (kernels, { dy }) => [pixelSum(kernels, dy)],
};

function geometryOf({ size, stride }: ConvAttributes): Geometry {
  return { size, stride, margin: (size - 1) / 2 };
}
