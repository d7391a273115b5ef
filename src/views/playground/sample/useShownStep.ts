import { useMemo } from 'react';
import type { RecordedStep, Recording } from '../../../store/recording';
import { shownFrame } from '../../../store/samplingSlice';
import { useStore } from '../../../store/store';
import { useReducedMotion } from '../../../ui/useReducedMotion';

/** The step that is shown, and the place it has in its recording. */
export interface ShownStep {
  recording: Recording;
  step: RecordedStep;
  frame: number;
}

/**
 * The recorded step that the panel shows; none before the first run. For a visitor who asked for less motion a run
 * stays at its noise until it holds or ends.
 */
export function useShownStep(): ShownStep | null {
  const recording = useStore((state) => state.sampling.recording);
  const newest = useStore((state) => shownFrame(state.sampling));
  const still = useReducedMotion();
  const follows = useStore(({ sampling }) => sampling.status === 'running' && sampling.frame === null);
  const frame = still && follows ? 0 : newest;
  const step = recording?.steps[frame];
  return useMemo(() => (recording && step ? { recording, step, frame } : null), [recording, step, frame]);
}
