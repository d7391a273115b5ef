import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import type { Condition } from '../../engine/diffusion/guidance';
import type { Denoiser } from '../../engine/diffusion/samplers/sampler';
import { unetDenoiser } from '../../engine/unet/denoiser';
import { type ModelMeans, takeTurn } from '../modelMeans';
import type { DatasetMessage } from '../protocol';

/**
 * Something to find out about a model. `tell` reports how far it is and resolves with false where nobody wants the rest:
 * then the study ends early, with what it has. Requests, reports and results are plain data, which the page gets as copies.
 */
export type Study<Request, Result, Report = never> = (
  means: StudyMeans,
  request: Request,
  tell: (report: Report) => Promise<boolean>,
) => Promise<Result>;

export interface StudyMeans extends ModelMeans {
  diffusion: Diffusion;
  /** ε̂ of the model; every call is a turn of its own, so that training goes on between two. */
  denoise: Denoiser;
  /** The same told a class, and guided, for each picture. Throws for a model without classes. */
  denoiseAs(conditions: readonly Condition[]): Denoiser;
  /** What all calls of `denoise` took so far, milliseconds; waiting for their turns does not count. */
  networkTime(): number;
  /** The data set on the page, where it fits the model. */
  dataset(): DatasetMessage;
  /** A file of the folder `models/`, by its name. */
  readModel(fileName: string): Promise<Uint8Array>;
}

/** What a study works with. `dataset` throws, with a message for the user, where there is none that fits. */
export function studyMeans(
  means: ModelMeans,
  dataset: StudyMeans['dataset'],
  readModel: StudyMeans['readModel'],
): StudyMeans {
  const diffusion = createDiffusion(means.config.schedule, means.config.nSteps);
  const { config, operations, weights } = means;
  let spent = 0;
  const inTurns = (conditions?: readonly Condition[]): Denoiser => {
    const predict = unetDenoiser(config, diffusion, operations, weights, conditions);
    return (x, t) =>
      takeTurn(means, async () => {
        const begun = performance.now();
        const eps = await predict(x, t);
        spent += performance.now() - begun;
        return eps;
      });
  };
  const denoiseAs = (conditions: readonly Condition[]) => {
    if (config.nClasses === 0)
      throw new Error('This model has learned no classes: take one that has, or train one with classes.');
    return inTurns(conditions);
  };
  return {
    ...means,
    diffusion,
    denoise: inTurns(),
    denoiseAs,
    networkTime: () => spent,
    dataset,
    readModel,
  };
}
