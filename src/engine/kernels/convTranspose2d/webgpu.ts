import type { Geometry } from '../taps';
import { gather, inputGradient } from '../webgpu/gather';
import { kernelGradient } from '../webgpu/kernelGradient';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

const GEOMETRY: Geometry = { size: 4, stride: 2, margin: 1 };

/** The transposed convolution's kernels on WebGPU: four phases forward; backward it is a convolution of dy. */
export const convTranspose2dKernels: WebgpuKernelSet<
  'DdpmConvTranspose2d' | 'DdpmConvTranspose2dInputGradient' | 'DdpmConvTranspose2dKernelGradient'
> = {
  DdpmConvTranspose2d: (kernels, { x, kernel }) => {
    const [images, height, width] = x.shape as [number, number, number];
    const output = kernels.output([images, 2 * height, 2 * width, kernel.shape[1] as number]);
    gather(kernels, { input: x, output, kernel, geometry: GEOMETRY, upward: true, transposed: false });
    return [output];
  },
  DdpmConvTranspose2dInputGradient: (kernels, { dy, kernel }) => {
    const [images, height, width] = dy.shape as [number, number, number];
    const inputs = ((kernel.shape[0] as number) - 1) / (GEOMETRY.size * GEOMETRY.size);
    const shape = [images, height / 2, width / 2, inputs];
    return [inputGradient(kernels, { input: dy, kernel, geometry: GEOMETRY, upward: false }, shape)];
  },
  DdpmConvTranspose2dKernelGradient: (kernels, { x, dy }) => [kernelGradient(kernels, x, dy, GEOMETRY, true)],
};
