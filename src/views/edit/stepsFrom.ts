import type { ReverseChoices } from './settings';

/** Steps that a reverse process from t takes. */
export function stepsFrom({ steps }: Pick<ReverseChoices, 'steps'>, t: number): number {
  return steps === 'all' ? t : Math.min(steps, t);
}
