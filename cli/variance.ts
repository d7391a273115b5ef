import type { VarianceChoice } from '../src/engine/diffusion/reverse';
import { oneOf } from './numbers';

/** The option of every command that takes reverse steps. */
export const varianceOption = {
  variance: {
    value: 'WHICH',
    description: "σ² of a reverse step: beta (the default) or beta-tilde, the posterior's.",
  },
} as const;

/** Its value. Throws UsageError. */
export function varianceOf(text = 'beta'): VarianceChoice {
  return oneOf('variance', text, ['beta', 'beta-tilde']) === 'beta' ? 'beta' : 'betaTilde';
}
