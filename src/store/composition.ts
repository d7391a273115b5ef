import type { SettingGroup } from '../settings/group';

/** What stands above the store and is handed to it before the page is drawn: the store knows no view. */
export interface Composition {
  /** Starts the worker with the engine and the studies of all views. */
  startEngineWorker(): Worker;
  /** Every group of settings, those of the views included; the data set's comes first. */
  groups: readonly SettingGroup[];
}

let given: Composition | undefined;

export function compose(composition: Composition): void {
  given = composition;
}

/** Throws where nothing was composed yet. */
export function composition(): Composition {
  if (!given) throw new Error('The page was used before it was composed.');
  return given;
}
