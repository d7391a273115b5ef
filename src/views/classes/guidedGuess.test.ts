import { expect, it } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { Random } from '../../engine/training/random';
import { guidanceNumbers } from './guidanceEquation';
import { guidedGuess } from './guidedGuess';

const random = new Random(1);
const [x0, noise, other] = [random.normal(64), random.normal(64), random.normal(64)];
const time = 300;
const xt = qSample(createDiffusion('linear', 1000), x0, time, noise);
const of = { time, label: 3, size: 8, channels: 1, schedule: 'linear', nSteps: 1000 };
const guess = { ...of, xt, conditional: noise, unconditional: other };

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

it('without guidance is the class as it was learned, and its noise leads back to the image', () => {
  const { eps, x0: back, x0Conditional } = guidedGuess(guess, 0);
  expect(distance(eps, noise)).toBe(0);
  expect(back).toEqual(x0Conditional);
  expect(distance(back, x0)).toBeLessThan(1e-5);
});

it('goes from ε_∅ through ε_c and on, and says so for the value that is pushed most', () => {
  const guided = guidedGuess(guess, 2.5);
  const expected = noise.map((value, i) => 3.5 * value - 2.5 * (other[i] as number));
  expect(distance(guided.eps, expected)).toBeLessThan(1e-5);
  const pushes = guided.push.map(Math.abs);
  expect(pushes[guided.place]).toBe(Math.max(...pushes));
  expect(guided.pushScale * Math.max(...pushes)).toBeCloseTo(1, 6);
  const [c, u, e] = [noise, other, guided.eps].map((values) => (values[guided.place] as number).toFixed(3));
  const { label } = guidanceNumbers(guess, guided, 2.5);
  expect(label).toBe(`${e} equals 3.5 times ${c} minus 2.5 times ${u}`);
});
