import type { Diffusion } from '../diffusion/diffusion';
import { qSample } from '../diffusion/forward';
import type { Denoiser } from '../diffusion/samplers/sampler';
import { Random } from '../training/random';
import { drawPoints, type PointData } from './pointData';

/** Root mean square of each coordinate of a − b. */
export function rootMeanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Points of the data with noise at some t, and what the exact ε is there: what a learned one is compared with. */
export interface FieldProbe {
  t: number;
  xt: Float32Array;
  exact: Float32Array;
}

/** Probes at `times`, of `count` points each: where the data with its noise is, for the field matters nowhere else. */
export async function fieldProbes(
  diffusion: Diffusion,
  data: PointData,
  exact: Denoiser,
  times: readonly number[],
  count: number,
): Promise<FieldProbe[]> {
  const random = new Random(11);
  const probes: FieldProbe[] = [];
  for (const t of times) {
    const xt = qSample(diffusion, drawPoints(data, count, random), t, random.normal(2 * count));
    probes.push({ t, xt, exact: await exact(xt, t) });
  }
  return probes;
}

/** RMS of ε_θ − ε at each probe. */
export async function fieldErrors(probes: readonly FieldProbe[], denoise: Denoiser): Promise<Float32Array> {
  const errors = new Float32Array(probes.length);
  for (const [i, { t, xt, exact }] of probes.entries())
    errors[i] = rootMeanSquare(await denoise(xt, t), exact);
  return errors;
}
