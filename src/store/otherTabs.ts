import { create, type StoreApi } from 'zustand';
import type { TrainingSlice } from './trainingSlice';
import { isTraining } from './trainingState';

/** Ids of the other tabs of this page that train now. */
export const useOtherTabs = create<{ training: readonly string[] }>()(() => ({ training: [] }));

const LOCK = 'ddpm-playground-trains-';

/** What tabs know each other by: a lock for as long as one trains, and a channel that says when it begins. */
export interface SharedPlace {
  locks: Pick<LockManager, 'request' | 'query'>;
  channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;
}

/** The browser's own; null where it cannot tell of other tabs. */
export function browserPlace(): SharedPlace | null {
  if (typeof BroadcastChannel === 'undefined' || !globalThis.navigator?.locks) return null;
  return { locks: navigator.locks, channel: new BroadcastChannel('ddpm-playground-training') };
}

/**
 * Tells other tabs when this one trains, and `tell` which others do. The browser gives a tab's lock back when its training
 * stops and when it is closed or crashes, so that nobody waits for a word from a tab that is gone.
 */
export function watchOtherTabs(
  store: Pick<StoreApi<Pick<TrainingSlice, 'training'>>, 'getState' | 'subscribe'>,
  { locks, channel }: SharedPlace,
  tell: (training: readonly string[]) => void,
  own: string = crypto.randomUUID(),
): void {
  const others = new Set<string>();
  const change = () => tell([...others]);

  function hear(id: string): void {
    if (id === own || others.has(id)) return;
    others.add(id);
    change();
    // Granted when the other one stops.
    const stopped = () => others.delete(id) && change();
    locks.request(LOCK + id, stopped).catch(stopped);
  }

  channel.onmessage = ({ data }) => typeof data === 'string' && hear(data);
  void locks.query().then(
    ({ held = [] }) => {
      for (const { name } of held) if (name?.startsWith(LOCK)) hear(name.slice(LOCK.length));
    },
    () => {},
  );

  let stop: (() => void) | null = null;
  const follow = () => {
    const trains = isTraining(store.getState().training);
    if (trains === (stop !== null)) return;
    stop?.();
    stop = null;
    if (!trains) return;
    const ended = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const begun = () => {
      channel.postMessage(own);
      return ended;
    };
    locks.request(LOCK + own, begun).catch(() => {});
  };
  store.subscribe(follow);
  follow();
}
