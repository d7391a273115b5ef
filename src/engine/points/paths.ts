import type { Diffusion } from '../diffusion/diffusion';
import { qStep } from '../diffusion/forward';
import { PathLength } from '../diffusion/pathLength';
import { predictEps, predictX0 } from '../diffusion/reverse';
import type { SamplerDefinition } from '../diffusion/samplers/definition';
import type { Denoiser, SamplerSettings } from '../diffusion/samplers/sampler';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import { Random } from '../training/random';

/** The ways of some points through time: `positions[k]` are all of them [n, 2] at `times[k]` (−1 is the data). */
export interface Paths {
  times: number[];
  positions: Float32Array[];
}

/** The forward process step by step from x₀, kept at the times given (rising, −1 first). */
export function forwardPaths(
  diffusion: Diffusion,
  x0: Float32Array,
  times: readonly number[],
  seed: number,
): Paths {
  const random = new Random(seed);
  const kept = new Set(times);
  const paths: Paths = { times: [-1], positions: [x0] };
  let x = x0;
  for (let t = 0; t < diffusion.nSteps; t++) {
    x = qStep(diffusion, x, t, random.normal(x.length));
    if (!kept.has(t)) continue;
    paths.times.push(t);
    paths.positions.push(x);
  }
  return paths;
}

/** Every step of a sampler from noise to data, over its default spacing of t, from the same noise for the same seed. */
export async function reversePaths(
  { sampler, defaults }: SamplerDefinition,
  choices: Pick<SamplerSettings, 'diffusion' | 'denoise' | 'eta' | 'variance'>,
  { count, steps, seed }: { count: number; steps: number; seed: number },
): Promise<Paths> {
  const { nSteps } = choices.diffusion;
  const start = new Random(seed).normal(2 * count);
  const paths: Paths = { times: [nSteps - 1], positions: [start] };
  const visited = spacedTimesteps(choices.diffusion, steps, defaults.spacing);
  const run = sampler({
    ...choices,
    start,
    timesteps: visited,
    random: new Random(seed + 1),
    clipX0: false,
  });
  for await (const { previous, x } of run) {
    paths.times.push(previous);
    paths.positions.push(x);
  }
  return paths;
}

/** Length of the paths over the distances of their ends, in the coordinates of a flow: 1 is straight. */
export function straightness(diffusion: Diffusion, { times, positions }: Paths): number {
  const path = new PathLength(diffusion, 2);
  for (const [i, x] of positions.entries()) path.add(x, times[i] as number);
  return path.ratio;
}

/**
 * The same denoiser with x̂₀ kept within ±limit in each coordinate, as images are clipped to ±1: where ᾱ_t is almost 0,
 * x̂₀ = (x_t − √(1−ᾱ_t) ε)/√ᾱ_t makes much of every error of ε.
 */
export function boundedDenoiser(denoise: Denoiser, diffusion: Diffusion, limit: number): Denoiser {
  return async (xt, t) => {
    const x0 = predictX0(diffusion, xt, t, await denoise(xt, t));
    return predictEps(
      diffusion,
      xt,
      t,
      x0.map((value) => Math.max(-limit, Math.min(limit, value))),
    );
  };
}
