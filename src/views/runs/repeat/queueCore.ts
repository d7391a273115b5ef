import type { DatasetSlice } from '../../../store/datasetSlice';
import type { ReadinessState } from '../../../store/readiness';
import type { TrainingSlice } from '../../../store/trainingSlice';
import type { PageValues, ValuesSlice } from '../../../store/valuesSlice';

/** What a queue of runs asks of the page. */
export type QueueCore = TrainingSlice &
  ReadinessState &
  Pick<DatasetSlice, 'chooseDataset'> &
  Pick<ValuesSlice, 'put'> & { values: PageValues };
