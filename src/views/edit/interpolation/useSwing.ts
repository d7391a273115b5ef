import { useCallback, useEffect, useState } from 'react';
import { useStore } from '../../../store/store';
import { valuesOf } from '../../../store/valuesSlice';
import { useReducedMotion } from '../../../ui/useReducedMotion';
import { interpolationGroup, places } from '../settings';
import { stripEvery } from './state';

/** From one end to the other, milliseconds; with less motion asked for, how long each image of the strip stays. */
const swingMilliseconds = 2400;
const stillMilliseconds = 1000;

/** Moves λ back and forth while it plays: smoothly, or for who asked for less motion from image to image of the strip. */
export function useSwing(): { playing: boolean; toggle: () => void; stop: () => void } {
  const [playing, setPlaying] = useState(false);
  const calm = useReducedMotion();
  useEffect(() => {
    if (!playing) return;
    const step = calm ? stripEvery : 1;
    let direction = 1;
    const timer = setInterval(
      () => {
        const { put } = useStore.getState();
        const { place } = valuesOf(useStore.getState(), interpolationGroup);
        const next = Math.round(place / step) * step + direction * step;
        if (next < 0 || next >= places) direction = -direction;
        put(interpolationGroup, { place: next < 0 || next >= places ? place + direction * step : next });
      },
      calm ? stillMilliseconds : swingMilliseconds / (places - 1),
    );
    return () => clearInterval(timer);
  }, [playing, calm]);
  const toggle = useCallback(() => setPlaying((before) => !before), []);
  const stop = useCallback(() => setPlaying(false), []);
  return { playing, toggle, stop };
}
