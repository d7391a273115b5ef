import { ddim } from '../../engine/diffusion/samplers/ddim';
import { timesteps } from '../../engine/diffusion/samplers/spacings';
import { type ReverseReport, reverseOptions, tellEachStep } from '../../engine/study/reverseReport';
import type { Study } from '../../engine/study/study';
import { Random } from '../../engine/training/random';

export interface ClassGridRequest {
  /** A row each. */
  labels: number[];
  /** w, a column each. */
  guidances: number[];
  /** Of DDIM, at most T. */
  steps: number;
  seed: number;
}

/** Images of every class by every guidance, row by row: those of a row start from the same noise. Null where ended early. */
export const classGrid: Study<ClassGridRequest, Float32Array | null, ReverseReport> = async (
  { config, diffusion, denoiseAs },
  { labels, guidances, steps, seed },
  tell,
) => {
  const length = config.imageSize ** 2 * config.imageChannels;
  const random = new Random(seed);
  const start = new Float32Array(labels.length * guidances.length * length);
  labels.forEach((_, row) => {
    const noise = random.normal(length);
    guidances.forEach((_, column) => {
      start.set(noise, (row * guidances.length + column) * length);
    });
  });
  const conditions = labels.flatMap((label) => guidances.map((guidance) => ({ label, guidance })));
  const request = { t: config.nSteps - 1, steps, seed, sampler: 'ddim' } as const;
  const reverse = ddim({
    ...reverseOptions(request),
    diffusion,
    denoise: denoiseAs(conditions),
    start,
    random,
    timesteps: timesteps(config.nSteps, steps),
  });
  return tellEachStep(reverse, start, request, tell);
};
