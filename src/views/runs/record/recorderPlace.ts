import type { StoreApi } from 'zustand/vanilla';
import type { QualityPoint } from '../../../engine/quality/qualityPoint';
import type { FactsNeeds } from '../../../store/datasetFacts';
import type { SessionState } from '../../../store/sessionState';
import type { TrainingState } from '../../../store/trainingState';
import type { ValuesSlice } from '../../../store/valuesSlice';
import type { ViewPlace } from '../../../store/viewStore';
import type { EngineApi } from '../../../worker/protocol';
import type { RunStorage } from '../storage/runStorage';
import type { Run } from './run';
import type { LockRun } from './runLock';

/** The parts of the page that a run is made of. */
export type RecordedPage = ValuesSlice & FactsNeeds & { training: TrainingState; session: SessionState };

interface Measured {
  model: TrainingState['model'];
  point: QualityPoint | null;
}

/** What the recorder of runs stands on. */
export interface RecorderPlace
  extends ViewPlace<RecordedPage, Pick<EngineApi, 'exportModel' | 'drawPreview'>> {
  storage: RunStorage;
  lock: LockRun;
  /** What is measured of the samples of the model in training. */
  measured: Pick<StoreApi<Measured>, 'subscribe'>;
  /** Milliseconds, of a clock that never goes back. */
  now(): number;
  /** Does something a few seconds later, unless what it returns is called. */
  later(work: () => void): () => void;
  /** Hears of every run as it is written, and why it could not be. */
  tell(run: Run, problem: string | null): void;
}
