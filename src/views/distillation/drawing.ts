import { conditionsOf } from '../../engine/diffusion/guidance';
import { reverseProcess } from '../../engine/study/reverseProcess';
import type { StudyEnvironment } from '../../engine/study/study';
import { IMAGES } from './imageCount';
import { studentSampler } from './studentSampler';

/** Images NHWC, the steps that they took, and what those asked of the network for each image. */
export interface DrawnImages {
  images: Float32Array;
  steps: number;
  evaluations: number;
}

/** Images of a model from the noise of a seed, of each class in turn where it has learned classes. */
export async function drawImages(
  environment: StudyEnvironment,
  steps: number,
  guidance: number,
  seed: number,
): Promise<DrawnImages> {
  const { nClasses } = environment.config;
  const denoise =
    nClasses > 0
      ? environment.denoiseAs(conditionsOf('each', guidance, IMAGES, nClasses))
      : environment.denoise;
  const { reverse, total, use } = reverseProcess(
    { ...environment, denoise },
    { count: IMAGES, seed, clipX0: true },
    { ...studentSampler, steps },
  );
  let images = new Float32Array();
  for await (const { x } of reverse) images = Float32Array.from(x);
  return { images, steps: total, evaluations: use.evaluations * evaluationsOf(guidance) };
}

/** Network evaluations of a step: guidance asks twice, with the class and without. */
export function evaluationsOf(guidance: number): number {
  return guidance > 0 ? 2 : 1;
}

/** Training steps between two drawings at least, and the largest share of the time that these take. */
const EVERY = 10;
const SHARE = 0.1;

/** When the student draws again. */
export class Redrawing {
  #steps = 0;
  #begun = 0;
  #spent = 0;
  readonly #first = performance.now();

  stepTaken(): void {
    this.#steps++;
  }

  get isDue(): boolean {
    return this.#steps >= EVERY && this.#spent <= SHARE * (performance.now() - this.#first);
  }

  begin(): void {
    this.#begun = performance.now();
  }

  end(): void {
    this.#spent += performance.now() - this.#begun;
    this.#steps = 0;
  }
}
