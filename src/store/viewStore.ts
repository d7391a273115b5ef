import { type StoreApi, type UseBoundStore, useStore as useAny } from 'zustand';
import type { EngineApi } from '../worker/protocol';
import type { StudyEngine } from './latestStudy';
import { engine, type Store, useStore } from './store';

/** What the state of a view stands on: the core store, and what it asks of the engine. */
export interface ViewPlace<Needs = Store, Engine = StudyEngine> {
  core: Pick<StoreApi<Needs>, 'getState' | 'subscribe'>;
  engine: Engine;
}

/** The store of a view over the page's own core and engine, as a hook. */
export function viewStore<State>(
  create: (place: ViewPlace<Store, EngineApi>) => StoreApi<State>,
): UseBoundStore<StoreApi<State>> {
  const store = create({ core: useStore, engine });
  const hook = (select?: (state: State) => unknown) => useAny(store, select as never);
  return Object.assign(hook, store) as UseBoundStore<StoreApi<State>>;
}
