import type { ForwardChoices } from '../../settings/groups/forward';

/** The steps taken, within the T of now: a shorter diffusion moves it to its end. */
export function clampTime(forward: Pick<ForwardChoices, 't'>, nSteps: number): number {
  return Math.min(forward.t, nSteps);
}
