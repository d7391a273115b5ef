import { create } from 'zustand';
import { pageStorage } from '../../store/settingsStorage';

const key = 'singleKeys';
const storage = pageStorage();

/** Whether letters alone do something; who speaks to the computer, or types by accident, can do without. */
export const useSingleKeys = create<{ on: boolean }>(() => ({ on: storage.getItem(key) !== 'off' }));

export function setSingleKeys(on: boolean): void {
  useSingleKeys.setState({ on });
  try {
    storage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Used, though not remembered.
  }
}
