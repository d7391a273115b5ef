import { useDeferredValue, useEffect, useMemo } from 'react';
import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { Random } from '../../engine/training/random';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { useReducedMotion } from '../../ui/useReducedMotion';
import { type Moments, momentsOf } from './distribution';
import { NoisingChain } from './noisingChain';
import type { ScheduleChoice } from './settings';
import { forwardLabGroup } from './settings';
import { scheduleIdOf, useForwardLab } from './state';

/** The diffusion of a choice, with the T of the settings. */
export function useScheduleDiffusion(choice: ScheduleChoice): Diffusion {
  const id = scheduleIdOf(choice, useValues(forwardLabGroup));
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  // While a point is dragged the page stays quick; the curves follow.
  const calm = useDeferredValue(id);
  return useMemo(() => createDiffusion(calm, nSteps), [calm, nSteps]);
}

/** t of the lab, within the T of the settings. */
export function useLabTime(): number {
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  return Math.min(useValues(forwardLabGroup).t, nSteps);
}

export interface NoisedImages {
  chain: Float32Array;
  jump: Float32Array;
  x0: Moments;
  count: number;
  size: number;
  channels: number;
}

/** The first images of the data set after t steps, by single steps and in one jump; null before there are any. */
export function useNoisedImages(diffusion: Diffusion): NoisedImages | null {
  const data = useStore((state) => state.dataset.data);
  const { seed } = useValues(forwardLabGroup);
  const t = useLabTime();
  const start = useMemo(() => {
    if (!data) return null;
    const { imageSize: size, channels } = data;
    const count = Math.min(data.count, size <= 12 ? 36 : 16);
    const x0 = data.images.slice(0, count * size * size * channels);
    return { x0, moments: momentsOf(x0), noise: new Random(seed).normal(x0.length), count, size, channels };
  }, [data, seed]);
  const chain = useMemo(
    () => start && new NoisingChain(diffusion, start.x0, seed + 1),
    [diffusion, start, seed],
  );
  return useMemo(() => {
    if (!start || !chain) return null;
    const { moments, count, size, channels } = start;
    const jump = qSample(diffusion, start.x0, t - 1, start.noise);
    return { chain: chain.at(t), jump, x0: moments, count, size, channels };
  }, [start, chain, diffusion, t]);
}

/** From no noise to all of it, seconds. */
const DURATION = 8;

/** Moves t while the lab plays; for who asked for less motion in eight still steps. Stops at T. */
export function usePlaying(): void {
  const playing = useForwardLab((state) => state.playing);
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  const calm = useReducedMotion();
  useEffect(() => {
    if (!playing) return;
    const interval = calm ? 1000 : 50;
    const step = Math.max(1, Math.round((nSteps * interval) / (1000 * DURATION)));
    const timer = setInterval(() => {
      const state = useStore.getState();
      const t = Math.min(nSteps, valuesOf(state, forwardLabGroup).t + step);
      state.put(forwardLabGroup, { t });
      if (t === nSteps) hold();
    }, interval);
    return () => clearInterval(timer);
  }, [playing, nSteps, calm]);
}

/** t stands still. */
export function hold(): void {
  useForwardLab.setState({ playing: false });
}

/** Moves t by hand. */
export function moveTo(t: number): void {
  useStore.getState().set(forwardLabGroup, { t });
  hold();
}
