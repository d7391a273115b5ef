import { createStore } from 'zustand/vanilla';
import type { QualityPoint } from '../engine/quality/qualityPoint';
import type { TrainingState } from './trainingState';

/** What was measured last of the user's own model, whichever view asked: runs keep it. */
export const measuredQuality = createStore<{ model: TrainingState['model']; point: QualityPoint | null }>(
  () => ({ model: null, point: null }),
);
