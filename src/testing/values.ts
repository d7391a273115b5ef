import type { DatasetId } from '../engine/data/datasets';
import { initialSettings } from '../settings/defaultSettings';
import { forwardGroup } from '../settings/groups/forward';
import { originGroup, shownGroup } from '../settings/groups/page';
import { samplingGroup } from '../settings/groups/sampling';
import { factsOf } from '../store/datasetFacts';
import type { PageValues } from '../store/valuesSlice';

/** The values of a page that has just opened with a data set. */
export function pageValues(dataset: DatasetId = 'digits', changes: Partial<PageValues> = {}): PageValues {
  return {
    data: { dataset },
    settings: initialSettings(dataset, factsOf({}, dataset)),
    shown: shownGroup.defaults,
    forward: forwardGroup.defaults,
    sampling: samplingGroup.defaults,
    origin: originGroup.defaults,
    ...changes,
  };
}
