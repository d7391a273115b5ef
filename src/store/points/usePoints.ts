import { useStore } from 'zustand';
import { connectPoints } from '../../worker/points/client';
import { startOptionsOf } from '../startOptions';
import { createPointsStore, type PointsStore } from './pointsStore';

/** The page's own: it loads with the view, and keeps its state while other views are open. */
export const pointsStore = createPointsStore(
  connectPoints(),
  (fileName) => new URL(`models/${fileName}`, startOptionsOf(location.href).options.baseUrl).href,
);

export function usePoints<Value>(select: (state: PointsStore) => Value): Value {
  return useStore(pointsStore, select);
}
