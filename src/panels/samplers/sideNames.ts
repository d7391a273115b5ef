import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import type { SamplingSettings } from '../../worker/protocol';

/** Names of the sides, on the page and for screen readers. */
export const sideNames = ['A', 'B'] as const;

/** What a run was: "DDIM, η = 0.5, 20 steps". */
export function runTitle({
  sampler,
  eta,
  steps,
}: Pick<SamplingSettings, 'sampler' | 'eta' | 'steps'>): string {
  const { title, heeds } = samplerOf(sampler);
  const noise = heeds.includes('eta') && eta > 0 ? `, η = ${eta.toFixed(2)}` : '';
  return `${title}${noise}, ${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'}`;
}
