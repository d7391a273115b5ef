import { useMemo } from 'react';
import { createDiffusion, type Diffusion } from '../../../engine/diffusion/diffusion';
import {
  angleBetween,
  type BlendWeights,
  blendedNoiseVariance,
  blendWeights,
  type NoisyPair,
  noisyPair,
} from '../../../engine/diffusion/interpolation';
import { Random } from '../../../engine/training/random';
import { useCurrentData } from '../../../panels/data/useCurrentData';
import { useModelConfig } from '../../../panels/model/useModel';
import { useValues } from '../../../panels/settings/useSettings';
import { dataImage } from '../../../store/editing';
import { interpolationGroup } from '../settings';
import { lambdaAt } from './state';

/** The two images, noised as the engine noises them. */
export interface ShownPair extends NoisyPair {
  x0: Float32Array;
  x0Prime: Float32Array;
  size: number;
  channels: number;
}

/** The diffusion of the model, and the steps of noise within its T. */
export function useInterpolationTime(): { diffusion: Diffusion; t: number } {
  const { schedule, nSteps } = useModelConfig();
  const t = Math.min(useValues(interpolationGroup).t, nSteps);
  const diffusion = useMemo(() => createDiffusion(schedule, nSteps), [schedule, nSteps]);
  return { diffusion, t };
}

/** What the strip is made of; null until there are images. */
export function usePair(): ShownPair | null {
  const data = useCurrentData();
  const { from, to, seed, noise } = useValues(interpolationGroup);
  const { diffusion, t } = useInterpolationTime();
  return useMemo(() => {
    if (!data) return null;
    const [x0, x0Prime] = [dataImage(data, from), dataImage(data, to)];
    const pair = noisyPair(diffusion, [x0, x0Prime], t - 1, noise, new Random(seed));
    return { ...pair, x0, x0Prime, size: data.imageSize, channels: data.channels };
  }, [data, from, to, seed, noise, diffusion, t]);
}

/** The numbers of the mixture at the λ that is shown. */
export interface Mixture {
  t: number;
  lambda: number;
  weights: BlendWeights;
  /** Ω, degrees. */
  angle: number;
  /** Of the noise in x̄_t, and what the model expects at t. */
  noiseVariance: number;
  expectedVariance: number;
}

export function mixtureAt(
  { diffusion, t }: { diffusion: Diffusion; t: number },
  pair: NoisyPair,
  place: number,
  blend: 'linear' | 'spherical',
  noise: 'same' | 'own',
): Mixture {
  const lambda = lambdaAt(place);
  const weights = blendWeights(blend, pair, lambda);
  return {
    t,
    lambda,
    weights,
    angle: (angleBetween(pair.xt, pair.xtPrime) * 180) / Math.PI,
    noiseVariance: blendedNoiseVariance(diffusion, t - 1, weights, noise),
    expectedVariance: blendedNoiseVariance(diffusion, t - 1, { from: 1, to: 0 }, noise),
  };
}
