import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import type { SamplingSettings } from '../../settings/samplingSettings';
import { counted } from '../../ui/counted';

/** Names of the sides, on the page and for screen readers. */
export const sideNames = ['A', 'B'] as const;

/** What a run was: "DDIM, η = 0.5, 20 steps". */
export function runTitle({
  sampler,
  eta = 0,
  steps,
}: Pick<SamplingSettings, 'sampler' | 'eta' | 'steps'>): string {
  const { title, options } = samplerOf(sampler);
  const noise = options.includes('eta') && eta > 0 ? `, η = ${eta.toFixed(2)}` : '';
  return `${title}${noise}, ${counted(steps, 'step')}`;
}
