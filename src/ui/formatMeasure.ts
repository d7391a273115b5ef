import type { Between } from '../engine/models/shippedMeasures';

/** A share of 1 in whole per cent: "94 %". */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** A measure as it is written everywhere: the floor, the model, the ceiling. */
export function formatBetween(
  { floor, model, ceiling }: Between,
  format: (value: number) => string,
): [floor: string, model: string, ceiling: string] {
  return [format(floor), format(model), format(ceiling)];
}
