import { create } from 'zustand';

/** One line for the user, and the view that it is about. */
interface Announcement {
  text: string;
  view: string | null;
  /** Another one each time, also for the same text. */
  count: number;
}

export const useAnnouncement = create<{ announcement: Announcement | null }>(() => ({ announcement: null }));

export function announce(text: string, view: string | null = null): void {
  useAnnouncement.setState(({ announcement }) => ({
    announcement: { text, view, count: (announcement?.count ?? 0) + 1 },
  }));
}
