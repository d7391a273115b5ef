import * as tf from '@tensorflow/tfjs';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { bindings, programOf } from '../webgpu/program';

const THREADS = 256;
const ELEMENTS_OF_A_WORKGROUP = 64 * THREADS;

/** Loss and gradient in one pass on WebGPU; a second one adds up where one workgroup is not enough for the first. */
export const squaredErrorKernels: WebgpuKernelSet<'DdpmSquaredError'> = {
  DdpmSquaredError: (kernels, { prediction, target, weight }) => {
    const size = tf.util.sizeFromShape(prediction.shape);
    const workgroups = Math.min(Math.ceil(size / ELEMENTS_OF_A_WORKGROUP), THREADS);
    const loss = kernels.output([]);
    const gradient = kernels.output(prediction.shape);
    const shares = workgroups === 1 ? loss : kernels.output([workgroups]);
    const plan = kernels.plan(`squared error ${prediction.shape}`, () => ({
      program: squaredErrorProgram(),
      values: { size, picture: size / (prediction.shape[0] as number), scale: 1 / size },
      workgroups: [workgroups],
    }));
    kernels.run(plan, { prediction, wanted: target, weight, gradient, shares });
    if (shares !== loss) {
      const sum = kernels.plan(`sum ${workgroups}`, () => ({
        program: sumProgram(),
        values: { size: workgroups },
        workgroups: [1],
      }));
      kernels.run(sum, { shares, loss });
      kernels.dispose(shares);
    }
    return [loss, gradient];
  },
};

const squaredErrorProgram = () =>
  programOf('squared error', () => ({
    buffers: [
      ...bindings('read', ['prediction', 'wanted', 'weight']),
      ...bindings('read_write', ['gradient', 'shares']),
    ],
    uniforms: { whole: ['size', 'picture'], real: ['scale'] },
    source: () => `
${sumOverWorkgroup}
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32
) {
  var sum = 0.0;
  for (var i = i32(group.x * ${THREADS} + thread); i < u.size; i += i32(groups.x) * ${THREADS}) {
    let difference = prediction[i] - wanted[i];
    let weighted = u.scale * weight[i / u.picture] * difference;
    gradient[i] = 2 * weighted;
    sum += weighted * difference;
  }
  let total = sumOverWorkgroup(sum, thread);
  if (thread == 0) { shares[group.x] = total; }
}`,
  }));

const sumProgram = () =>
  programOf('sum', () => ({
    buffers: [...bindings('read', ['shares']), ...bindings('read_write', ['loss'])],
    uniforms: { whole: ['size'] },
    source: () => `
${sumOverWorkgroup}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var share = 0.0;
  if (i32(thread) < u.size) { share = shares[thread]; }
  let total = sumOverWorkgroup(share, thread);
  if (thread == 0) { loss[0] = total; }
}`,
  }));

const sumOverWorkgroup = `
var<workgroup> sums: array<f32, ${THREADS}>;
fn sumOverWorkgroup(value: f32, thread: u32) -> f32 {
  sums[thread] = value;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half > 0; half /= 2) {
    if (thread < half) { sums[thread] += sums[thread + half]; }
    workgroupBarrier();
  }
  return sums[0];
}`;
