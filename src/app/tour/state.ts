import * as v from 'valibot';
import { create } from 'zustand';
import { pageStorage, type SettingsStorage } from '../../store/settingsStorage';

export interface TourState {
  open: boolean;
  /** Counts from 0, and stays when the tour is closed. */
  step: number;
  /** Whether the visitor has seen or refused it. */
  offered: boolean;
  /** Opens the tour where it was left. */
  openTour(): void;
  closeTour(): void;
  /** Goes to a step of `count`; beyond the last one the tour ends, and next time it starts anew. */
  goToTourStep(step: number, count: number): void;
  declineTour(): void;
}

const key = 'tour';
const stored = v.object({ step: v.pipe(v.number(), v.integer(), v.minValue(0)), offered: v.boolean() });

/** The guided tour's place, kept in the storage from visit to visit. */
export function createTour(storage: SettingsStorage) {
  return create<TourState>()((set, get) => {
    const change = (tour: Partial<TourState>) => {
      set(tour);
      const { step, offered } = get();
      try {
        storage.setItem(key, JSON.stringify({ step, offered }));
      } catch {
        // Not remembered, but shown.
      }
    };
    return {
      open: false,
      ...readPlace(storage),
      openTour: () => change({ open: true, offered: true }),
      closeTour: () => change({ open: false }),
      goToTourStep: (step, count) =>
        change(step >= count ? { open: false, step: 0 } : { step: Math.max(0, step) }),
      declineTour: () => change({ offered: true }),
    };
  });
}

/** The tour of the page. */
export const useTour = createTour(pageStorage());

function readPlace(storage: SettingsStorage) {
  try {
    const result = v.safeParse(stored, JSON.parse(storage.getItem(key) ?? 'null'));
    if (result.success) return result.output;
  } catch {
    // What cannot be read counts as a first visit.
  }
  return { step: 0, offered: false };
}
