import type { ConvAttributes } from '../contracts';
import { convolutionTaps, type Geometry, transposedPhases } from '../taps';
import { gather, kernelGradient } from '../wasm/gather';
import type { WasmKernelSet } from '../wasm/kernelTypes';
import { usesWinograd, winograd, winogradKernelGradient } from '../wasm/winograd';

/** The convolution's kernels on wasm: by Winograd where the shapes allow, or a gathering matrix product, forward and for the input, and Σ x ⊗ dy. */
export const conv2dKernels: WasmKernelSet<
  'DdpmConv2d' | 'DdpmConv2dInputGradient' | 'DdpmConv2dKernelGradient' | 'DdpmPixelSum'
> = {
  DdpmConv2d: (kernels, { x, kernel, shift, residual, shortcutX, shortcutKernel }, attributes) => {
    const { stride } = attributes;
    const [images, height, width] = x.shape as [number, number, number];
    const output = kernels.output([
      images,
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      kernel.shape[1] as number,
    ]);
    const geometry = geometryOf(attributes);
    const straight = { output, transposed: false, outStep: 1, outY: 0, outX: 0, bias: true };
    if (usesWinograd(geometry, x.shape, x.shape[3] as number, kernel.shape[1] as number)) {
      winograd(kernels, { input: x, output, kernel, transposed: false, shift, residual });
    } else {
      const taps = convolutionTaps(geometry);
      gather(kernels, { ...straight, input: x, kernel, taps, inStep: stride, shift, residual });
    }
    if (shortcutX && shortcutKernel) {
      const pointwise = convolutionTaps({ size: 1, stride: 1, margin: 0 });
      gather(kernels, {
        ...straight,
        input: shortcutX,
        kernel: shortcutKernel,
        taps: pointwise,
        inStep: 1,
        residual: output,
      });
    }
    return [output];
  },
  DdpmConv2dInputGradient: (kernels, { dy, kernel }, { inputShape, ...attributes }) => {
    const output = kernels.output(inputShape);
    const geometry = geometryOf(attributes);
    if (usesWinograd(geometry, inputShape, inputShape[3] as number, kernel.shape[1] as number)) {
      winograd(kernels, { input: dy, output, kernel, transposed: true });
      return [output];
    }
    for (const { y, x, taps } of transposedPhases(geometry)) {
      const outStep = attributes.stride;
      const phase = { taps, inStep: 1, outStep, outY: y, outX: x };
      gather(kernels, { input: dy, output, kernel, transposed: true, bias: false, ...phase });
    }
    return [output];
  },
  DdpmConv2dKernelGradient: (kernels, { x, dy }, attributes) => {
    const geometry = geometryOf(attributes);
    const [inputs, outputs] = [x.shape[3] as number, dy.shape[3] as number];
    if (usesWinograd(geometry, x.shape, inputs, outputs)) return [winogradKernelGradient(kernels, x, dy)];
    return [kernelGradient(kernels, x, dy, geometry, false)];
  },
  DdpmPixelSum: (kernels, { dy }) => {
    const [images, height, width, channels] = dy.shape as [number, number, number, number];
    const sums = kernels.output([images, channels]);
    kernels.run('pixelSum', images, [dy, sums], [height * width, channels]);
    return [sums];
  },
};

function geometryOf({ size, stride }: ConvAttributes): Geometry {
  return { size, stride, margin: (size - 1) / 2 };
}
