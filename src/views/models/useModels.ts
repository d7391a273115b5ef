import { useStore as useVanillaStore } from 'zustand';
import { pageCheckpoints } from '../../store/checkpoints/pageCheckpoints';
import { download } from '../../store/download';
import { askToKeep, isKept } from '../../store/keptSafely';
import { useStore } from '../../store/store';
import { createModelsStore, type ModelsStore } from './store';

/** The page's own: it loads with the view, and keeps its messages while other views are open. */
export const modelsStore = createModelsStore({
  page: useStore,
  storage: pageCheckpoints,
  download: (name, bytes, type) => download(name, bytes as Uint8Array<ArrayBuffer>, type),
  askToKeep: () => askToKeep(navigator.storage),
  isKept: () => isKept(navigator.storage),
});

export function useModels<Value>(select: (state: ModelsStore) => Value): Value {
  return useVanillaStore(modelsStore, select);
}
