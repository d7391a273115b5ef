import type { StateCreator } from 'zustand';
import type { EngineApi } from '../worker/protocol';
import type { ValuesSlice } from './valuesSlice';

/** Hands sampling's share of the time to the engine: from the next step on, a run under way included. */
export function shareTime(
  engine: Pick<EngineApi, 'setSamplingShare'>,
): StateCreator<ValuesSlice, [], [], object> {
  return (_set, _get, store) => {
    store.subscribe(({ values: { shown } }, { values: before }) => {
      if (shown.samplingShare === before.shown.samplingShare) return;
      // Other calls report that the engine has failed.
      engine.setSamplingShare(shown.samplingShare).catch(() => {});
    });
    return {};
  };
}
