import { useStore as useVanillaStore } from 'zustand';
import { download } from '../download';
import { askToKeep, isKept } from '../keptSafely';
import { useStore } from '../store';
import { browserCheckpoints } from './checkpointStorage';
import { createModelsStore, type ModelsStore } from './modelsStore';

/** The page's own: it loads with the view, and keeps its messages while other views are open. */
export const modelsStore = createModelsStore({
  page: useStore,
  storage: browserCheckpoints(),
  download: (name, bytes, type) => download(name, bytes as Uint8Array<ArrayBuffer>, type),
  askToKeep: () => askToKeep(navigator.storage),
  isKept: () => isKept(navigator.storage),
});

export function useModels<Value>(select: (state: ModelsStore) => Value): Value {
  return useVanillaStore(modelsStore, select);
}
