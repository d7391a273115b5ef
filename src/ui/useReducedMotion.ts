import { useSyncExternalStore } from 'react';

const query = '(prefers-reduced-motion: reduce)';

/** Whether the visitor asked the system for less motion. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

function subscribe(listen: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', listen);
  return () => list.removeEventListener('change', listen);
}
