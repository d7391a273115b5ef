import type { AdapterTraits } from './adapterTraits';

const MOST_CHANNELS = 64;
const MOST_THREADS = 256;
/** On the CPU a barrier costs more than a thread's own loop. */
const MOST_THREADS_OF_SOFTWARE = 16;

/** A workgroup whose threads stand for channels × pixels: neighbours read neighbouring channels of one pixel. */
export interface ChannelLanes {
  channels: number;
  /** A power of two. */
  pixels: number;
}

/** Lanes for a block of this many channels, which may take several turns. */
export function channelLanes(block: number, { software }: AdapterTraits): ChannelLanes {
  const channels = Math.min(block, MOST_CHANNELS);
  const threads = Math.max(channels, software ? MOST_THREADS_OF_SOFTWARE : MOST_THREADS);
  return { channels, pixels: 2 ** Math.floor(Math.log2(threads / channels)) };
}

export const lanesKey = ({ channels, pixels }: ChannelLanes) => `${channels}×${pixels}`;

/**
 * WGSL: `sumOverPixels(value, thread)` gives each thread the sum of its channel lane over the pixel lanes, and leaves
 * the sums of all channel lanes in `lanes`. All threads must call it together.
 */
export const sumOverPixels = ({ channels, pixels }: ChannelLanes) => `
var<workgroup> lanes: array<vec2<f32>, ${channels * pixels}>;
fn sumOverPixels(value: vec2<f32>, thread: u32) -> vec2<f32> {
  workgroupBarrier();
  lanes[thread] = value;
  workgroupBarrier();
  for (var half = ${channels * Math.floor(pixels / 2)}u; half >= ${channels}u; half /= 2) {
    if (thread < half) { lanes[thread] += lanes[thread + half]; }
    workgroupBarrier();
  }
  return lanes[thread % ${channels}u];
}`;
