import { expect, test } from 'vitest';
import { Random } from '../../engine/training/random';
import { liveTensors, sessionWithDigits, sessionWithModel } from '../../testing/session';
import { reverseStep } from './study';

const studies = { reverseStep };

test('asks a model without disturbing its training, and gives its copy back', async () => {
  const session = await sessionWithModel({ studies });
  const ask = (own: 'ema' | 'raw') =>
    session.study<typeof reverseStep>(
      'reverseStep',
      { own },
      { xt: new Float32Array(2 * 64).fill(0.5), t: 3 },
    );
  const [first, second] = [await ask('raw'), await ask('raw')];
  expect(first.eps.every(Number.isFinite)).toBe(true);
  expect(first).toEqual(second);
  const tensors = liveTensors();
  await ask('ema');
  expect(liveTensors()).toBe(tensors);
});

test('of the model that ships needs none of the user’s', async () => {
  const session = await sessionWithDigits({ studies });
  const xt = new Random(1).normal(64);
  const { eps } = await session.study<typeof reverseStep>(
    'reverseStep',
    { shipped: 'digits' },
    { xt, t: 999 },
  );
  // Nearly all of x at the last t is noise.
  const errors = eps.map((value, i) => (value - (xt[i] as number)) ** 2);
  expect(errors.reduce((sum, error) => sum + error, 0) / 64).toBeLessThan(0.05);
});
