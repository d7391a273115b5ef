import { useStore as useAny } from 'zustand';
import { startOptionsOf } from '../../store/startOptions';
import { useStore } from '../../store/store';
import { connectPoints } from './engine/client';
import { createPointsStore, type PointsStore } from './store';

/** The page's own: it loads with the view, and keeps its state while other views are open. */
export const pointsStore = createPointsStore(
  useStore,
  connectPoints(),
  (fileName) => new URL(`models/${fileName}`, startOptionsOf(location.href).options.baseUrl).href,
);

export function usePoints<Value>(select: (state: PointsStore) => Value): Value {
  return useAny(pointsStore, select);
}
