import { type RefObject, useEffect, useState } from 'react';
import { clampTime } from '../../../panels/forward/clampTime';
import { forwardGroup } from '../../../settings/groups/forward';
import { useStore } from '../../../store/store';
import { isTraining } from '../../../store/trainingState';
import { useReducedMotion } from '../../../ui/useReducedMotion';
import { useOpening } from './state';

/** Milliseconds that each t stays, and how many of them the two ends do. */
const pace = 100;
const rest = 8;

export interface Sweep {
  /** Steps of noise, 0 … T. */
  t: number;
  /** Counts the images of the sweep. */
  tick: number;
  /** Whether it moves by itself, and which way. */
  playing: boolean;
  towards: 'noise' | 'data';
  play(): void;
  /** Ends the sweep at a t, which the page takes over. */
  hold(t: number): void;
}

/**
 * t of the opening. Until the visitor takes it, it goes through `times` to the noise and back, without touching the page's
 * own t; from then on it is the page's. It rests until there is an image (`ready`), while a model trains, and out of sight.
 */
export function useSweep(
  strip: RefObject<HTMLElement | null>,
  times: readonly number[],
  ready: boolean,
): Sweep {
  const calm = useReducedMotion();
  const linked = useStore((state) => state.share.opened !== null);
  const training = useStore((state) => isTraining(state.training));
  const nSteps = times.at(-1) as number;
  const own = useStore((state) => clampTime(state.values.forward, nSteps));
  const [begins] = useState(!calm && !linked);
  const [tick, setTick] = useState<number | null>(begins ? 0 : null);
  const playing = useOpening((state) => state.playing ?? begins);
  const { setPlaying } = useOpening.getState();
  const last = times.length - 1;
  const round = 2 * (last + rest);

  useEffect(() => {
    if (training) setPlaying(false);
  }, [training, setPlaying]);
  useEffect(
    () =>
      // Whoever moves the page's t has taken it.
      useStore.subscribe(({ values }, before) => {
        if (values.forward.t === before.values.forward.t) return;
        setPlaying(false);
        setTick(null);
      }),
    [setPlaying],
  );
  // On from the t that is shown, towards the data.
  const next = last + rest + last - times.findLastIndex((t) => t <= Math.max(1, own));
  useEffect(() => {
    if (playing) setTick((tick) => tick ?? next);
  }, [playing, next]);
  useEffect(() => {
    if (!playing || !ready || !strip.current) return;
    let inSight = true;
    const observer = new IntersectionObserver(([entry]) => {
      inSight = entry?.isIntersecting ?? true;
    });
    observer.observe(strip.current);
    const timer = setInterval(() => {
      if (inSight && !document.hidden) setTick((tick) => ((tick ?? 0) + 1) % round);
    }, pace);
    return () => {
      clearInterval(timer);
      observer.disconnect();
    };
  }, [playing, ready, strip, round]);

  const there = tick !== null && tick < last + rest;
  const place = tick === null ? 0 : there ? Math.min(tick, last) : Math.max(0, last - (tick - last - rest));
  return {
    t: tick === null ? own : (times[place] as number),
    tick: tick ?? 0,
    playing,
    towards: there || tick === null ? 'noise' : 'data',
    play: () => setPlaying(true),
    hold(t) {
      setPlaying(false);
      setTick(null);
      useStore.getState().set(forwardGroup, { t });
    },
  };
}
