import type { Dataset } from '../src/engine/data/dataset';
import type { DatasetId } from '../src/engine/data/datasets';
import { bitsOfNat } from '../src/engine/diffusion/bound';
import { type StudiedModel, studyEnvironment } from '../src/engine/study/study';
import { type BoundRequest, type BoundResult, bound } from '../src/views/bound/study';
import { Progress } from './progress';

/** The variational bound on held-out images: bits a dimension, and the standard error of their mean. */
export interface BoundFacts {
  bits: number;
  error: number;
  images: number;
}

/** Steps that are asked, and images. */
const TIMESTEPS = 60;
const IMAGES = 64;

/** The bound of a model, with σ² = β, or as it has learned it, and x̂₀ clipped, as in the paper. */
export async function measureBound(
  model: StudiedModel,
  id: DatasetId,
  images: Dataset,
  seed: number,
): Promise<BoundFacts> {
  const environment = studyEnvironment(model, {
    inTurn: async (work) => work(),
    dataset: () => ({ id, ...images }),
    readModel: () => Promise.reject(new Error('The bound reads no file.')),
  });
  const request = {
    stretches: TIMESTEPS,
    pictures: IMAGES,
    variance: model.config.learnedVariance ? 'learned' : 'beta',
    clipX0: true,
    seed,
  } satisfies BoundRequest;
  const progress = new Progress('Bound', Math.min(TIMESTEPS, model.config.nSteps - 1) + 1);
  try {
    return factsOf(
      await bound(environment, request, async ({ done }) => {
        progress.update(done);
        return true;
      }),
    );
  } finally {
    progress.stop();
  }
}

function factsOf({ prior, terms, pictures: images }: BoundResult): BoundFacts {
  const all = [{ count: 1, ...prior }, ...terms];
  const nats = all.reduce((sum, { count, nats }) => sum + count * nats, 0);
  const squares = all.reduce((sum, { count, error }) => sum + (count * error) ** 2, 0);
  return { bits: nats * bitsOfNat, error: Math.sqrt(squares) * bitsOfNat, images };
}
