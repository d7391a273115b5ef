import { convolutionTaps, type Geometry, transposedPhases } from '../taps';
import { gather, kernelGradient } from '../wasm/gather';
import type { WasmKernelSet } from '../wasm/kernelTypes';

const GEOMETRY: Geometry = { size: 4, stride: 2, margin: 1 };

/** The transposed convolution's kernels on wasm: four phases forward; backward it is a convolution of dy. */
export const convTranspose2dKernels: WasmKernelSet<
  'DdpmConvTranspose2d' | 'DdpmConvTranspose2dInputGradient' | 'DdpmConvTranspose2dKernelGradient'
> = {
  DdpmConvTranspose2d: (kernels, { x, kernel }) => {
    const [images, height, width] = x.shape as [number, number, number];
    const output = kernels.output([images, 2 * height, 2 * width, kernel.shape[1] as number]);
    for (const phase of transposedPhases(GEOMETRY)) {
      const place = { taps: phase.taps, inStep: 1, outStep: 2, outY: phase.y, outX: phase.x };
      gather(kernels, { input: x, output, kernel, transposed: false, bias: true, ...place });
    }
    return [output];
  },
  DdpmConvTranspose2dInputGradient: (kernels, { dy, kernel }) => {
    const [images, height, width] = dy.shape as [number, number, number];
    const inputs = ((kernel.shape[0] as number) - 1) / (GEOMETRY.size * GEOMETRY.size);
    const output = kernels.output([images, height / 2, width / 2, inputs]);
    gather(kernels, {
      input: dy,
      output,
      kernel,
      transposed: true,
      taps: convolutionTaps(GEOMETRY),
      inStep: 2,
      outStep: 1,
      outY: 0,
      outX: 0,
      bias: false,
    });
    return [output];
  },
  DdpmConvTranspose2dKernelGradient: (kernels, { x, dy }) => [kernelGradient(kernels, x, dy, GEOMETRY, true)],
};
