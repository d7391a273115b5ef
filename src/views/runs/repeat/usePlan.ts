import { useStore as useAny } from 'zustand';
import { engine, useStore } from '../../../store/store';
import { pageRecorder, recordSecond } from '../record/pageRecorder';
import { createPlan, type PlanState } from './planState';
import { createQueue, type QueueState } from './queueState';
import { secondTraining } from './secondTraining';

/** The page's own: they load with the view. */
export const planStore = createPlan(useStore);
export const queueStore = createQueue({
  core: useStore,
  recorder: pageRecorder,
  second: (settings, words) =>
    secondTraining({ core: useStore, engine, record: recordSecond }, settings, words),
});

export function usePlan<Value>(select: (state: PlanState) => Value): Value {
  return useAny(planStore, select);
}

export function useQueue<Value>(select: (state: QueueState) => Value): Value {
  return useAny(queueStore, select);
}
