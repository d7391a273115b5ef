import type { Dataset } from '../src/engine/data/dataset';
import type { DatasetId } from '../src/engine/data/datasets';
import { bitsOfNat } from '../src/engine/diffusion/bound';
import { FairTurns } from '../src/worker/fairTurns';
import type { ModelMeans } from '../src/worker/modelMeans';
import { type BoundResult, bound } from '../src/worker/studies/bound';
import { studyMeans } from '../src/worker/studies/study';
import { Progress } from './progress';

/** The variational bound on held-out pictures: bits a dimension, and the standard error of their mean. */
export interface BoundFacts {
  bits: number;
  error: number;
  pictures: number;
}

/** Steps that are asked, and pictures. */
const STRETCHES = 60;
const PICTURES = 64;

/** The bound of a model, with σ² = β and x̂₀ clipped, as in the paper. */
export async function measureBound(
  model: Pick<ModelMeans, 'config' | 'weights' | 'operations' | 'sawHeldOut'>,
  id: DatasetId,
  pictures: Dataset,
  seed: number,
): Promise<BoundFacts> {
  const means = studyMeans(
    { ...model, turns: new FairTurns({ training: 0, sampling: 1 }), checkBackend: () => {} },
    () => ({ id, ...pictures }),
    () => Promise.reject(new Error('The bound reads no file.')),
  );
  const request = {
    stretches: STRETCHES,
    pictures: PICTURES,
    variance: 'beta',
    clipX0: true,
    seed,
  } as const;
  const progress = new Progress('Bound', Math.min(STRETCHES, model.config.nSteps - 1) + 1);
  try {
    return factsOf(
      await bound(means, request, async ({ done }) => {
        progress.update(done);
        return true;
      }),
    );
  } finally {
    progress.stop();
  }
}

function factsOf({ prior, terms, pictures }: BoundResult): BoundFacts {
  const all = [{ count: 1, ...prior }, ...terms];
  const nats = all.reduce((sum, { count, nats }) => sum + count * nats, 0);
  const squares = all.reduce((sum, { count, error }) => sum + (count * error) ** 2, 0);
  return { bits: nats * bitsOfNat, error: Math.sqrt(squares) * bitsOfNat, pictures };
}
