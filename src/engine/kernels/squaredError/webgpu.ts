import * as tf from '@tensorflow/tfjs';
import { IMAGE_THREADS, writeShare } from '../webgpu/imageShare';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { bindings, programOf } from '../webgpu/program';

/** Shares and gradient in one pass on WebGPU, a workgroup an image. */
export const squaredErrorKernels: WebgpuKernelSet<'DdpmSquaredError'> = {
  DdpmSquaredError: (kernels, { prediction, target, weight }) => {
    const size = tf.util.sizeFromShape(prediction.shape);
    const images = prediction.shape[0] as number;
    const shares = kernels.output([images]);
    const gradient = kernels.output(prediction.shape);
    const plan = kernels.plan(`squared error ${prediction.shape}`, () => ({
      program: squaredErrorProgram(),
      values: { image: size / images, scale: 1 / size },
      workgroups: [images],
    }));
    kernels.run(plan, { prediction, wanted: target, weight, gradient, shares });
    return [shares, gradient];
  },
};

const squaredErrorProgram = () =>
  programOf('squared error', () => ({
    buffers: [
      ...bindings('read', ['prediction', 'wanted', 'weight']),
      ...bindings('read_write', ['gradient', 'shares']),
    ],
    uniforms: { whole: ['image'], real: ['scale'] },
    source: () => `
var<workgroup> sums: array<f32, ${IMAGE_THREADS}>;
@compute @workgroup_size(${IMAGE_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = i32(group.x) * u.image;
  let scale = u.scale * weight[group.x];
  var sum = 0.0;
  for (var i = first + i32(thread); i < first + u.image; i += ${IMAGE_THREADS}) {
    let difference = prediction[i] - wanted[i];
    let weighted = scale * difference;
    gradient[i] = 2 * weighted;
    sum += weighted * difference;
  }${writeShare}
}`,
  }));
