import { create } from 'zustand';

/** What of the header is open, for keys that open it. */
interface PageDialogs {
  help: boolean;
  share: boolean;
}

export const usePageDialogs = create<PageDialogs>(() => ({ help: false, share: false }));
export const openDialog = (which: keyof PageDialogs, open = true) =>
  usePageDialogs.setState({ [which]: open });
