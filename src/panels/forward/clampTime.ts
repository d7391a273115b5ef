import type { ForwardSlice } from '../../store/forwardSlice';

/** The steps taken, within the T of now: a shorter diffusion moves it to its end. */
export function clampTime(forward: ForwardSlice['forward'], nSteps: number): number {
  return Math.min(forward.t, nSteps);
}
