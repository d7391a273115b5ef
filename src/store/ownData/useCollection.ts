import { useStore as useZustand } from 'zustand';
import { connectImport } from '../../worker/import/client';
import { useStore } from '../store';
import { type CollectionStore, createCollectionStore } from './collectionStore';

/** The page's own: it loads with the dialog, and keeps what was collected while that is closed. */
export const collectionStore = createCollectionStore(connectImport, (dataset) =>
  useStore.getState().addOwnDataset(dataset),
);

export function useCollection<Value>(select: (state: CollectionStore) => Value): Value {
  return useZustand(collectionStore, select);
}
