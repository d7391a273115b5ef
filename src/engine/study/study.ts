import type { LoadedDataset } from '../data/datasets';
import { createDiffusion, type Diffusion } from '../diffusion/diffusion';
import type { Condition } from '../diffusion/guidance';
import type { Denoiser } from '../diffusion/samplers/sampler';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import type { Weights } from '../unet/weights';

/**
 * Something to find out about a model. `tell` reports progress and resolves with false where the rest is not wanted: then
 * the study ends early, with what it has. Requests, reports and results are plain data, which the page gets as copies.
 */
export type Study<Request, Result, Report = never> = (
  environment: StudyEnvironment,
  request: Request,
  tell: (report: Report) => Promise<boolean>,
) => Promise<Result>;

/** Any study, for tables. */
export type AnyStudy = Study<never, unknown, unknown>;
export type RequestOf<Asked extends AnyStudy> = Parameters<Asked>[1];
export type ReportOf<Asked extends AnyStudy> = Parameters<Parameters<Asked>[2]>[0];
export type ResultOf<Asked extends AnyStudy> = Awaited<ReturnType<Asked>>;

/** A model, and what computes with it. */
export interface StudiedModel {
  config: ModelConfig;
  weights: Weights;
  operations: Operations;
  /** Whether it also learned from the images that data/split holds out. */
  sawHeldOut: boolean;
}

export interface StudyEnvironment extends StudiedModel {
  diffusion: Diffusion;
  /** ε̂ of the model; every call is a turn of its own, so that training goes on between two. */
  denoise: Denoiser;
  /** ε̂ conditioned on a class, and guided, for each image. Throws for a model without classes. */
  denoiseAs(conditions: readonly Condition[]): Denoiser;
  /** Milliseconds that all calls of `denoise` took so far, without waiting for their turns. */
  networkTime(): number;
  /** Does other work of the backend in a turn of its own. */
  inTurn<T>(work: () => Promise<T> | T): Promise<T>;
  /** The data set on the page. Throws a message for the user where there is none that fits the model. */
  dataset(): LoadedDataset;
  /** A file of the folder `models/`, by its name. */
  readModel(fileName: string): Promise<Uint8Array>;
}

/** The environment of a study of one model. */
export function studyEnvironment(
  model: StudiedModel,
  place: Pick<StudyEnvironment, 'inTurn' | 'dataset' | 'readModel'>,
): StudyEnvironment {
  const { config, operations, weights, sawHeldOut } = model;
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  let spent = 0;
  const inTurns = (conditions?: readonly Condition[]): Denoiser => {
    const predict = unetDenoiser(config, diffusion, operations, weights, conditions);
    return (x, t, v) =>
      place.inTurn(async () => {
        const begun = performance.now();
        const eps = await predict(x, t, v);
        spent += performance.now() - begun;
        return eps;
      });
  };
  const denoiseAs = (conditions: readonly Condition[]) => {
    if (config.nClasses === 0)
      throw new Error('This model has learned no classes: take one that has, or train one with classes.');
    return inTurns(conditions);
  };
  const networkTime = () => spent;
  return {
    config,
    operations,
    weights,
    sawHeldOut,
    diffusion,
    denoise: inTurns(),
    denoiseAs,
    networkTime,
    ...place,
  };
}
