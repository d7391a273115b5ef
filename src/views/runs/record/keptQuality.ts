import type { QualityPoint } from '../../../engine/quality/qualityPoint';
import type { RunQuality } from './run';
import { rounded } from './thinnedLosses';

/** With more than this, every other one is dropped. */
const MOST = 64;

/** A measurement as a run keeps it. */
export function keptQuality({ step, count, ...measures }: QualityPoint): RunQuality {
  const known = (value: number) => (Number.isFinite(value) ? rounded(value) : null);
  const { frechet, precision, recall, memorised } = measures;
  return {
    ...{ step, count, frechet: known(frechet), precision: known(precision) },
    ...{ recall: known(recall), memorised: known(memorised) },
  };
}

/** With one more, in the order of the steps; of the same step the newest stays. */
export function withQuality(all: readonly RunQuality[], newest: RunQuality): RunQuality[] {
  const kept = all.length < MOST ? all : all.filter((_, i) => i % 2 === 0);
  return [...kept.filter(({ step }) => step !== newest.step), newest].sort((a, b) => a.step - b.step);
}
