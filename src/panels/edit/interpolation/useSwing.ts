import { useCallback, useEffect, useState } from 'react';
import { places, stripEvery } from '../../../store/interpolationSlice';
import { useStore } from '../../../store/store';
import { useReducedMotion } from '../../sample/useReducedMotion';

/** From one end to the other, milliseconds; with less motion asked for, how long each picture of the strip stays. */
const swingMilliseconds = 2400;
const stillMilliseconds = 1000;

/** Moves λ back and forth while it plays: smoothly, or for who asked for less motion from picture to picture of the strip. */
export function useSwing(): { playing: boolean; toggle: () => void; stop: () => void } {
  const [playing, setPlaying] = useState(false);
  const moveLambda = useStore((state) => state.moveLambda);
  const calm = useReducedMotion();
  useEffect(() => {
    if (!playing) return;
    const step = calm ? stripEvery : 1;
    let direction = 1;
    const timer = setInterval(
      () => {
        const { place } = useStore.getState().interpolation;
        const next = Math.round(place / step) * step + direction * step;
        if (next < 0 || next >= places) direction = -direction;
        moveLambda(next < 0 || next >= places ? place + direction * step : next);
      },
      calm ? stillMilliseconds : swingMilliseconds / (places - 1),
    );
    return () => clearInterval(timer);
  }, [playing, calm, moveLambda]);
  const toggle = useCallback(() => setPlaying((before) => !before), []);
  const stop = useCallback(() => setPlaying(false), []);
  return { playing, toggle, stop };
}
