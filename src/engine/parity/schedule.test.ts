import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createDiffusion } from '../diffusion/diffusion';
import { qSample } from '../diffusion/forward';
import { posterior } from '../diffusion/posterior';
import { meanFromX0, sigma } from '../diffusion/reverse';
import { relativeError } from './golden';

/** PyTorch's constants of the schedule at some t. */
const golden: Record<string, number[]> & { n_steps: number; t: number[] } = JSON.parse(
  readFileSync(new URL('../../../golden/schedule.json', import.meta.url), 'utf8'),
);
const diffusion = createDiffusion('linear', golden.n_steps);
const one = Float32Array.of(1);
const zero = Float32Array.of(0);
const first = ([value]: Float32Array) => value as number;

/** Each quantity's largest error, relative to its own size at each t, as small ones count as much as large ones. */
function expectAgreement(what: string, ofEngine: (t: number) => number): void {
  golden.t.forEach((t, i) => {
    const expected = golden[what]?.[i] as number;
    const actual = ofEngine(t);
    if (expected === 0) expect(Math.abs(actual), `${what} at t = ${t}`).toBeLessThan(1e-10);
    else expect(relativeError([actual], [expected]), `${what} at t = ${t}`).toBeLessThan(1e-4);
  });
}

describe("the schedule agrees with PyTorch's", () => {
  test('in β, ᾱ and β̃', () => {
    expectAgreement('beta', (t) => diffusion.betas[t] as number);
    expectAgreement('alpha_bar', (t) => diffusion.alphaBar[t] as number);
    expectAgreement('beta_tilde', (t) => diffusion.betaTilde[t] as number);
  });

  test('in mean and variance of q(x_t | x₀)', () => {
    expectAgreement('alpha_bar', (t) => first(qSample(diffusion, one, t, zero)) ** 2);
    golden.t.forEach((t, i) => {
      const variance = 1 - (golden.alpha_bar?.[i] as number);
      expect(relativeError([first(qSample(diffusion, zero, t, one)) ** 2], [variance])).toBeLessThan(1e-4);
    });
  });

  test('in the posterior q(x_{t−1} | x_t, x₀)', () => {
    expectAgreement('mu_tilde_coef_x0', (t) => posterior(diffusion, t).coefX0);
    expectAgreement('mu_tilde_coef_xt', (t) => posterior(diffusion, t).coefXt);
    expectAgreement('beta_tilde', (t) => posterior(diffusion, t).variance);
  });

  test('in the mean and the variances that the reverse step takes', () => {
    expectAgreement('mu_tilde_coef_x0', (t) => first(meanFromX0(diffusion, zero, t, one)));
    expectAgreement('mu_tilde_coef_xt', (t) => first(meanFromX0(diffusion, one, t, zero)));
    expectAgreement('beta', (t) => sigma(diffusion, t, 'beta') ** 2);
    expectAgreement('beta_tilde', (t) => sigma(diffusion, t, 'betaTilde') ** 2);
  });
});
