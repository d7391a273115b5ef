/** Lets one tab alone record a run: resolves with what ends that, or with null where another tab records it. */
export type LockRun = (id: string) => Promise<(() => void) | null>;

/** By a lock of the browser, held until it is released or the tab is closed; without locks every tab may. */
export const lockRun: LockRun = (id) => {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    const held = (lock: Lock | null) => {
      if (lock === null) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    };
    locks.request(`ddpm-playground-run-${id}`, { ifAvailable: true }, held).catch(reject);
  });
};
