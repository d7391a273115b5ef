import { useStore as useAny } from 'zustand';
import { useStore } from '../store';
import { createSettingsHistory, type SettingsHistory } from './settingsHistory';

/** The history of the page. */
export const settingsHistory = createSettingsHistory(useStore);

export function useHistory<Value>(select: (state: SettingsHistory) => Value): Value {
  return useAny(settingsHistory, select);
}

/** Begins to record what the user changes. */
export function recordSettings(): void {
  useStore.setState({ listener: settingsHistory.getState() });
}
