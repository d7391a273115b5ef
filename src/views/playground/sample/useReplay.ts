import { useEffect } from 'react';
import { useStore } from '../../../store/store';

/** Moves a replay on, frame by frame of the page, while there is one. */
export function useReplay(): void {
  const replaying = useStore((state) => state.sampling.replaying);
  const advanceReplay = useStore((state) => state.advanceReplay);
  useEffect(() => {
    if (!replaying) return;
    let last = performance.now();
    let request = requestAnimationFrame(function advance(now) {
      advanceReplay(Math.max(0, now - last));
      last = now;
      request = requestAnimationFrame(advance);
    });
    return () => cancelAnimationFrame(request);
  }, [replaying, advanceReplay]);
}
