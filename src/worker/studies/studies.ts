import { bound } from './bound';
import { classGrid } from './classGrid';
import { classGuess } from './classGuess';
import { comparing } from './comparing';
import { converging } from './converging';
import { denoising } from './denoising';
import { interpolating } from './interpolating';
import { pictureToPicture } from './pictureToPicture';
import { quality } from './quality';
import { repainting } from './repainting';
import type { Study } from './study';

/** Everything that can be asked of a model beside training and sampling. */
export const studies = {
  classGrid,
  classGuess,
  bound,
  comparing,
  converging,
  denoising,
  interpolating,
  pictureToPicture,
  quality,
  repainting,
} satisfies Record<string, Study<never, unknown, unknown>>;

export type StudyName = keyof typeof studies;
export type StudyRequest<Name extends StudyName> = Parameters<(typeof studies)[Name]>[1];
export type StudyReport<Name extends StudyName> = Parameters<Parameters<(typeof studies)[Name]>[2]>[0];
export type StudyResult<Name extends StudyName> = Awaited<ReturnType<(typeof studies)[Name]>>;
