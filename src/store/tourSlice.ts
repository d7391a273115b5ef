import * as v from 'valibot';
import type { StateCreator } from 'zustand';
import type { SettingsStorage } from './settingsStorage';

export interface TourSlice {
  /** `step` counts from 0 and stays when the tour is closed; `offered` once the visitor has seen or refused it. */
  tour: { open: boolean; step: number; offered: boolean };
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
export function createTourSlice(storage: SettingsStorage): StateCreator<TourSlice, [], [], TourSlice> {
  return (set, get) => {
    const change = (tour: Partial<TourSlice['tour']>) => {
      set({ tour: { ...get().tour, ...tour } });
      const { step, offered } = get().tour;
      try {
        storage.setItem(key, JSON.stringify({ step, offered }));
      } catch {
        // Not remembered, but shown.
      }
    };
    return {
      tour: { open: false, ...readPlace(storage) },
      openTour: () => change({ open: true, offered: true }),
      closeTour: () => change({ open: false }),
      goToTourStep: (step, count) =>
        change(step >= count ? { open: false, step: 0 } : { step: Math.max(0, step) }),
      declineTour: () => change({ offered: true }),
    };
  };
}

function readPlace(storage: SettingsStorage) {
  try {
    const result = v.safeParse(stored, JSON.parse(storage.getItem(key) ?? 'null'));
    if (result.success) return result.output;
  } catch {
    // What cannot be read counts as a first visit.
  }
  return { step: 0, offered: false };
}
