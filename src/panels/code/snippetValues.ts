import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { formatQuantity } from '../../ui/formatQuantity';
import type { Snippet } from './snippets';

/** What the names of a schedule are at an index t from 0. */
export function scheduleValues(diffusion: Diffusion, t: number): Record<string, string> {
  const at = (symbol: string, value: number) => `${symbol} = ${formatQuantity(value)} at t = ${t}`;
  const [alphaBar, before] = [alphaBarAt(diffusion, t), alphaBarAt(diffusion, t - 1)];
  return {
    T: `T = ${diffusion.nSteps.toLocaleString('en')} steps`,
    t: `t = ${t}, counted from 0`,
    betas: at('β_t', diffusion.betas[t] as number),
    alphas: at('α_t = 1 − β_t', diffusion.alphas[t] as number),
    alpha_bar: at('ᾱ_t', alphaBar),
    signal: at('√ᾱ_t', Math.sqrt(alphaBar)),
    spread: at('√(1 − ᾱ_t)', Math.sqrt(1 - alphaBar)),
    before: at('ᾱ_{t−1}', before),
  };
}

/** A snippet with those of the values whose names stand in it. */
export function withValues(snippet: Snippet, values: Readonly<Record<string, string>>): Snippet {
  const named = Object.entries(values).filter(([name]) => new RegExp(`\\b${name}\\b`).test(snippet.code));
  return { ...snippet, values: Object.fromEntries(named) };
}
