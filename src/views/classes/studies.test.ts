import { expect, test } from 'vitest';
import type { Study } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import { sessionWithDigits } from '../../testing/session';
import { tinyConfig } from '../../testing/tinyModel';
import { classGrid } from './gridStudy';
import { classGuess } from './guessStudy';

const own = { own: 'ema' } as const;
/** What the model predicts where no class is named. */
const prediction: Study<{ xt: Float32Array; t: number }, Float32Array> = ({ denoise }, { xt, t }) =>
  denoise(xt, t);

async function sessionWithClasses(nClasses = 10) {
  const session = await sessionWithDigits({ studies: { classGrid, classGuess, prediction } });
  await session.createModel({ ...tinyConfig, nClasses }, 1);
  return session;
}

test('a grid has a class a row and a guidance a column, and ends early where nobody wants it', async () => {
  const session = await sessionWithClasses();
  const request = { labels: [4, 7], guidances: [0, 3, 0], steps: 6, seed: 2 };
  const done: number[] = [];
  const grid = await session.study<typeof classGrid>('classGrid', own, request, ({ done: step, total }) => {
    done.push(step);
    expect(total).toBe(6);
  });
  expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  const cell = (row: number, column: number) => [
    ...(grid as Float32Array).subarray((row * 3 + column) * 64, (row * 3 + column + 1) * 64),
  ];
  // One noise a row: the same w gives the same image, another w another one.
  expect(cell(0, 2)).toEqual(cell(0, 0));
  expect(cell(0, 1)).not.toEqual(cell(0, 0));
  expect(cell(1, 0)).not.toEqual(cell(0, 0));
  expect(await session.study<typeof classGrid>('classGrid', own, request, () => false)).toBeNull();
});

test('a guess without a class is that of the model without one, and with a class another', async () => {
  const session = await sessionWithClasses();
  const xt = new Random(1).normal(64);
  const guess = await session.study<typeof classGuess>('classGuess', own, { xt, t: 20, label: 4 });
  const eps = await session.study<typeof prediction>('prediction', own, { xt, t: 20 });
  const distance = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
  expect(distance(guess.unconditional, eps)).toBeLessThan(1e-5);
  expect(distance(guess.conditional, eps)).toBeGreaterThan(1e-3);
});

test('a model without classes is refused', async () => {
  const session = await sessionWithClasses(0);
  const request = { labels: [0], guidances: [0], steps: 2, seed: 1 };
  await expect(session.study<typeof classGrid>('classGrid', own, request)).rejects.toThrow(
    'learned no classes',
  );
});
