/** How much of the time sampling may take from training while both go on, 0 … 0.9; at 0 it waits for a pause. */
export const samplingShares = { default: 0.1, most: 0.9 } as const;

/** What the turns of each kind are worth. Throws where the share is out of bounds. */
export function sharesOf(sampling: number): { training: number; sampling: number } {
  const { most } = samplingShares;
  if (!(sampling >= 0 && sampling <= most))
    throw new Error(`Sampling's share of the time must be from 0 to ${most}, not ${sampling}.`);
  return { training: 1 - sampling, sampling };
}
