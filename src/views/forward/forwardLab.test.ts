import { expect, test } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { Random } from '../../engine/training/random';
import { binCentres, histogramOf, momentsOf, normalDensity } from './distribution';
import { NoisingChain } from './noisingChain';

test('a chain is the same whichever way one comes to t', () => {
  const diffusion = createDiffusion('linear', 300);
  const x0 = Float32Array.of(0.5, -1, 1);
  const straight = new NoisingChain(diffusion, x0, 3);
  const wandering = new NoisingChain(diffusion, x0, 3);
  for (const t of [120, 40, 260, 259, 0, 300])
    expect(wandering.at(t)).toEqual(new NoisingChain(diffusion, x0, 3).at(t));
  expect(straight.at(0)).toEqual(x0);
  expect(straight.at(1)).not.toEqual(new NoisingChain(diffusion, x0, 4).at(1));
});

test('the histogram of normal numbers is the density of N(0, 1), and its area is 1', () => {
  const density = histogramOf(new Random(1).normal(200_000));
  const width = (binCentres[1] as number) - (binCentres[0] as number);
  expect(density.reduce((sum, value) => sum + value * width, 0)).toBeCloseTo(1, 3);
  density.forEach((value, i) => {
    expect(Math.abs(value - (normalDensity[i] as number))).toBeLessThan(0.012);
  });
  expect(momentsOf(Float32Array.of(1, 3))).toEqual({ mean: 2, variance: 1 });
});
