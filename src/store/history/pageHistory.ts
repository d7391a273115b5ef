import { useStore as useAny } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { stores } from '../store';
import { foreignActions, recordedActions, recordedPointsActions } from './recordedActions';
import { createSettingsHistory, type SettingsHistory } from './settingsHistory';

/** The history of the page. */
export const settingsHistory = createSettingsHistory(stores);

export function useHistory<Value>(select: (state: SettingsHistory) => Value): Value {
  return useAny(settingsHistory, select);
}

type Action = (...parameters: unknown[]) => unknown;

/** Puts an action that is recorded in place of each. */
function record<State>(store: Pick<StoreApi<State>, 'getState' | 'setState'>, titles: object): void {
  const actions = store.getState() as Record<string, Action>;
  const recorded = Object.entries(titles).map(([name, title]) => {
    const act = actions[name] as Action;
    const wrapped: Action = (...parameters) =>
      settingsHistory.getState().record(() => act(...parameters), title === true ? undefined : title);
    return [name, wrapped];
  });
  store.setState(Object.fromEntries(recorded));
}

/** Begins to record what the user does; before the page is drawn, which takes its actions from the stores. */
export function recordSettings(): void {
  record(stores.store, recordedActions);
  record(stores.points, recordedPointsActions);
  const actions = stores.store.getState() as unknown as Record<string, Action>;
  const foreign = foreignActions.map((name) => {
    const act = actions[name] as Action;
    return [
      name,
      ((...parameters) => settingsHistory.getState().beginAnew(() => act(...parameters))) as Action,
    ];
  });
  stores.store.setState(Object.fromEntries(foreign));
}
