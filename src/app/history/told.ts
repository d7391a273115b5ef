import { create } from 'zustand';

/** One line for the user, and the view that it is about. */
interface Told {
  text: string;
  view: string | null;
  /** Another one each time, also for the same text. */
  count: number;
}

export const useTold = create<{ told: Told | null }>(() => ({ told: null }));

export function tell(text: string, view: string | null = null): void {
  useTold.setState(({ told }) => ({ told: { text, view, count: (told?.count ?? 0) + 1 } }));
}
