import type * as tf from '@tensorflow/tfjs';
import { type ChannelLanes, channelLanes, lanesKey, sumOverPixels } from './channelLanes';
import type { WebgpuKernels } from './kernels';
import { bindings, programOf } from './program';

const BLOCK = 16;

/** Σ over the pixels of each image: `[N,H,W,C]` → `[N,C]`. */
export function pixelSum(kernels: WebgpuKernels, dy: tf.TensorInfo): tf.TensorInfo {
  const [images, height, width, channels] = dy.shape as [number, number, number, number];
  const sums = kernels.output([images, channels]);
  const plan = kernels.plan(`pixel sum ${dy.shape}`, () => ({
    program: pixelSumProgram(channelLanes(BLOCK, kernels.traits)),
    values: { pixels: height * width, channels },
    workgroups: [Math.ceil(channels / BLOCK), images],
  }));
  kernels.run(plan, { dy, sums });
  return sums;
}

const pixelSumProgram = (lanes: ChannelLanes) =>
  programOf(`pixel sum ${lanesKey(lanes)}`, () => ({
    buffers: [...bindings('read', ['dy']), ...bindings('read_write', ['sums'])],
    uniforms: { whole: ['pixels', 'channels'] },
    source: () => `
${sumOverPixels(lanes)}
@compute @workgroup_size(${lanes.channels * lanes.pixels})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let c = i32(workgroup.x) * ${BLOCK} + i32(thread % ${lanes.channels}u);
  let start = i32(workgroup.y) * u.pixels;
  var sum = 0.0;
  if (c < u.channels) {
    for (var p = i32(thread / ${lanes.channels}u); p < u.pixels; p += ${lanes.pixels}) {
      sum += dy[(start + p) * u.channels + c];
    }
  }
  let total = sumOverPixels(vec2(sum, 0), thread).x;
  if (thread < ${lanes.channels}u && c < u.channels) { sums[i32(workgroup.y) * u.channels + c] = total; }
}`,
  }));
