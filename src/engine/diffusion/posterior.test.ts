import { expect, test } from 'vitest';
import { alphaBarAt, createDiffusion } from './diffusion';
import { posterior } from './posterior';

const diffusion = createDiffusion('linear', 1000);

test.each([
  [999, 998],
  [999, 900],
  [500, 300],
  [60, 3],
  [40, 0],
])('q(x_s | x_t, x₀) from %i to %i is the product of both Gaussians in x_s', (t, s) => {
  const before = alphaBarAt(diffusion, s);
  const alpha = alphaBarAt(diffusion, t) / before;
  // q(x_s | x₀) has the precision 1/(1−ᾱ_s), and q(x_t | x_s) the precision α/β in x_s.
  const precision = 1 / (1 - before) + alpha / (1 - alpha);
  const { variance, coefX0, coefXt } = posterior(diffusion, t, s);
  const close = (value: number, expected: number) =>
    expect(Math.abs(value / expected - 1)).toBeLessThan(2e-3);
  close(variance, 1 / precision);
  close(coefX0, Math.sqrt(before) / (1 - before) / precision);
  close(coefXt, Math.sqrt(alpha) / (1 - alpha) / precision);
});
