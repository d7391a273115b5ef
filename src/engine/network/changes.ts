import * as tf from '@tensorflow/tfjs';
import type { ModelConfig } from '../unet/config';
import { type ForwardHooks, pointsOf } from '../unet/hooks';

/**
 * value ← scale · value + add at a point of the network, in one channel or in all. With scale 0 it is switched off: a
 * skip at `up.3.res.skip`, an attention block at `down.2.attn.output`, the time embedding at `time_emb`, or in one
 * block at `down.2.res.time_emb`.
 */
export interface Change {
  point: string;
  /** All channels where it is left out. */
  channel?: number;
  /** 1 where it is left out. */
  scale?: number;
  /** 0 where it is left out. */
  add?: number;
}

/** The hooks that make the changes, those of one point in their order. Throws, naming it, for one that cannot be made. */
export function changeHooks(config: ModelConfig, changes: readonly Change[]): ForwardHooks {
  const points = pointsOf(config);
  const maps = new Map<string, { scale: Float32Array; add: Float32Array }>();
  for (const { point, channel, scale = 1, add = 0 } of changes) {
    const channels = points.get(point);
    if (channels === undefined) throw new Error(`The network has no point '${point}' to change.`);
    if (channel !== undefined && !(Number.isInteger(channel) && channel >= 0 && channel < channels))
      throw new Error(`The channel of '${point}' must be from 0 to ${channels - 1}, not ${channel}.`);
    if (!Number.isFinite(scale) || !Number.isFinite(add))
      throw new Error(`A change of '${point}' needs finite numbers, not scale ${scale} and add ${add}.`);
    const map = maps.get(point) ?? {
      scale: new Float32Array(channels).fill(1),
      add: new Float32Array(channels),
    };
    maps.set(point, map);
    const [first, end] = channel === undefined ? [0, channels] : [channel, channel + 1];
    for (let c = first; c < end; c++) {
      map.scale[c] = scale * (map.scale[c] as number);
      map.add[c] = scale * (map.add[c] as number) + add;
    }
  }
  return new Map(
    [...maps].map(([point, { scale, add }]) => [
      point,
      (value) => value.mul(tf.tensor1d(scale)).add(tf.tensor1d(add)),
    ]),
  );
}
