/** How an inpainting run goes back and forth. */
export interface Resampling {
  /** Steps from noise to image, were there no going back. */
  steps: number;
  /** U: how often each stretch is walked; 1 goes straight down. */
  resamplings: number;
  /** j: how many steps the image is noised again each time. */
  jumpLength: number;
}

/**
 * The noise levels of a run, from `steps` (noise) to 0 (the image): down step by step, and U − 1 times back up by j from
 * every j-th level, as RePaint does (Lugmayr et al. 2022, algorithm 1 and appendix B). Never back from the image itself.
 */
export function resamplingPath({ steps, resamplings, jumpLength }: Resampling): number[] {
  whole('The number of steps', steps);
  whole('The number of passes U', resamplings);
  whole('The jump length j', jumpLength);
  const jumpsLeft = new Map<number, number>();
  for (let level = 1; level + jumpLength <= steps; level += jumpLength) jumpsLeft.set(level, resamplings - 1);
  const path = [steps];
  for (let level = steps; level > 0; ) {
    level--;
    path.push(level);
    const left = jumpsLeft.get(level) ?? 0;
    if (left === 0) continue;
    jumpsLeft.set(level, left - 1);
    level += jumpLength;
    path.push(level);
  }
  return path;
}

/** How often the network is asked in a run. */
export function networkCalls(path: readonly number[]): number {
  return path.filter((level, i) => i > 0 && level < (path[i - 1] as number)).length;
}

function whole(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return;
  throw new Error(`${what} must be a whole number from 1 to 10,000, not ${value}.`);
}
