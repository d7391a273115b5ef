import { isTraining, type TrainingState } from '../../store/trainingState';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import type { ViewPlace } from '../../store/viewStore';
import type { EngineApi } from '../../worker/protocol';
import { networkGroup } from './settings';

type Needs = ValuesSlice & { training: Pick<TrainingState, 'status'> };

/** Tells the engine at the start of every run, and when the setting changes in one, whether to measure the layers' health. */
export function measureHealth({ core, engine }: ViewPlace<Needs, Pick<EngineApi, 'setHealth'>>): void {
  // An engine that was started again knows nothing of it.
  const measured = (state: Needs) =>
    isTraining(state.training) ? valuesOf(state, networkGroup).health : undefined;
  core.subscribe((state, before) => {
    const health = measured(state);
    // An engine that has failed says so to whoever waits for it.
    if (health !== undefined && health !== measured(before)) engine.setHealth(health).catch(() => {});
  });
}
