import * as tf from '@tensorflow/tfjs';
import { IMAGE_THREADS, writeShare } from '../webgpu/imageShare';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { bindings, programOf } from '../webgpu/program';
import { LEAST_SHARE, NORMAL_CDF, STEEPEST } from './normalCdf';

/** Shares and gradient in one pass on WebGPU, a workgroup an image. */
export const hybridErrorKernels: WebgpuKernelSet<'DdpmHybridError'> = {
  DdpmHybridError: (kernels, { prediction, target, image, factors }) => {
    const size = tf.util.sizeFromShape(target.shape);
    const [images, , , channels] = target.shape as [number, number, number, number];
    const shares = kernels.output([images]);
    const gradient = kernels.output(prediction.shape);
    const plan = kernels.plan(`hybrid error ${target.shape}`, () => ({
      program: hybridErrorProgram(),
      values: { image: size / images, channels, scale: 1 / size },
      workgroups: [images],
    }));
    kernels.run(plan, { prediction, wanted: target, clean: image, factors, gradient, shares });
    return [shares, gradient];
  },
};

const hybridErrorProgram = () =>
  programOf('hybrid error', () => ({
    buffers: [
      ...bindings('read', ['prediction', 'wanted', 'clean', 'factors']),
      ...bindings('read_write', ['gradient', 'shares']),
    ],
    uniforms: { whole: ['image', 'channels'], real: ['scale'] },
    source: () => `
// Φ and its derivative.
fn normal(x: f32) -> vec2f {
  let bent = ${NORMAL_CDF.slope} * (x + ${NORMAL_CDF.cubic} * x * x * x);
  let steep = tanh(clamp(bent, -${STEEPEST}.0, ${STEEPEST}.0));
  let density = 0.5 * (1 - steep * steep) * ${NORMAL_CDF.slope} * (1 + ${3 * NORMAL_CDF.cubic} * x * x);
  return vec2f(0.5 * (1 + steep), density);
}
// −ln of the share of x₀'s bin, and its derivative by the log of the variance.
fn surprise(x0: f32, difference: f32, halfBin: f32, scale: f32) -> vec2f {
  let a = (halfBin - difference) * scale;
  let b = (-halfBin - difference) * scale;
  var above = normal(a);
  var below = normal(b);
  if (x0 < halfBin - 1) { below = vec2f(0); }
  if (x0 > 1 - halfBin) { above = vec2f(1, 0); }
  let share = above.x - below.x;
  if (share <= ${LEAST_SHARE}) { return vec2f(-log(${LEAST_SHARE}), 0); }
  return vec2f(-log(share), 0.5 * (a * above.y - b * below.y) / share);
}
// D_KL of the posterior and the model, and its derivative by the log of the variance.
fn divergence(difference: f32, logVariance: f32, logLow: f32) -> vec2f {
  let ratio = exp(logLow - logVariance);
  let far = difference * difference * exp(-logVariance);
  return vec2f(0.5 * (logVariance - logLow - 1 + ratio + far), 0.5 * (1 - ratio - far));
}
var<workgroup> sums: array<f32, ${IMAGE_THREADS}>;
@compute @workgroup_size(${IMAGE_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = i32(group.x) * u.image;
  let row = 6 * group.x;
  let weight = u.scale * factors[row];
  let boundWeight = u.scale * factors[row + 1];
  let logLow = factors[row + 2];
  let range = 0.5 * (factors[row + 3] - logLow);
  let halfBin = factors[row + 5];
  var sum = 0.0;
  for (var i = first + i32(thread); i < first + u.image; i += ${IMAGE_THREADS}) {
    let at = (i / u.channels) * 2 * u.channels + i % u.channels;
    let error = prediction[at] - wanted[i];
    let difference = factors[row + 4] * error;
    let logVariance = logLow + range * (prediction[at + u.channels] + 1);
    var bound = vec2f(0);
    if (halfBin > 0) {
      bound = surprise(clean[i], difference, halfBin, exp(-0.5 * logVariance));
    } else {
      bound = divergence(difference, logVariance, logLow);
    }
    gradient[at] = 2 * weight * error;
    gradient[at + u.channels] = boundWeight * range * bound.y;
    sum += weight * error * error + boundWeight * bound.x;
  }${writeShare}
}`,
  }));
