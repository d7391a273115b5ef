import { expect, it } from 'vitest';
import { sessionWithModel, weightStudies, weightsOf } from '../testing/session';
import { tinyTraining } from '../testing/tinyModel';
import { StoredWeights } from './storedWeights';

it('a study of a checkpoint sees the weights that were saved, whatever the model in training is by then', async () => {
  const session = await sessionWithModel({ studies: weightStudies });
  await session.train({ ...tinyTraining, steps: 3 }, () => {});
  const saved = { ema: await weightsOf(session, 'ema'), raw: await weightsOf(session, 'raw') };
  const { bytes } = await session.exportModel({ kind: 'bundle' });
  await session.train({ ...tinyTraining, steps: 6 }, () => {});
  expect(await weightsOf(session, 'raw')).not.toEqual(saved.raw);

  const stored = { id: 'one', file: new Blob([bytes as Uint8Array<ArrayBuffer>]) };
  for (const weights of ['ema', 'raw'] as const)
    expect(await session.study('weights', { stored, weights }, undefined as never)).toEqual(saved[weights]);
});

it('a file is read once, a damaged one is refused, and the next is read again', async () => {
  const session = await sessionWithModel();
  const { bytes } = await session.exportModel({ kind: 'bundle' });
  const weights = new StoredWeights();
  const whole = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const first = await weights.open({ id: 'one', file: whole });
  expect(await weights.open({ id: 'one', file: new Blob() })).toBe(first);
  await expect(weights.open({ id: 'two', file: whole.slice(0, 1000) })).rejects.toThrow('cut off');
  expect((await weights.open({ id: 'two', file: whole })).checkpoint.config).toEqual(first.checkpoint.config);
});
