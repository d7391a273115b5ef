import type { NumberLimits } from './parseNumber';

/** The value one step up or down, on the grid of steps from `min` (or 0), inside the limits, free of binary dust. */
export function stepNumber(value: number, steps: number, step: number, { min, max }: NumberLimits): number {
  const origin = min !== undefined && Number.isFinite(min) && min % step === 0 ? min : 0;
  const position = (value - origin) / step;
  const onGrid = Math.abs(position - Math.round(position)) < 1e-9;
  const next = onGrid
    ? Math.round(position) + steps
    : steps > 0
      ? Math.floor(position) + steps
      : Math.ceil(position) + steps;
  const moved = Number((origin + next * step).toPrecision(12));
  return Math.min(Math.max(moved, min ?? -Infinity), max ?? Infinity);
}
