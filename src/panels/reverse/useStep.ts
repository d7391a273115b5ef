import { useEffect, useMemo } from 'react';
import { type InspectedStep, inspectStep } from '../../engine/diffusion/inspectedStep';
import type { Guess } from '../../store/reverseStepSlice';
import { useStore } from '../../store/store';
import { useCurrentData } from '../data/useCurrentData';
import { useEditingProblem } from '../model/useEditingProblem';
import { useSampledModel } from '../model/useModel';
import { useCalm } from '../sample/useCalm';

/** The newest guess of the model, and the whole step that follows from it; null before the first. */
export function useStep(): { guess: Guess; step: InspectedStep } | null {
  const guess = useStore((state) => state.reverseStep.guess);
  const { variance, clipX0 } = useStore((state) => state.reverseStep.settings);
  return useMemo(
    () => guess && { guess, step: inspectStep(guess.diffusion, guess, { variance, clipX0 }) },
    [guess, variance, clipX0],
  );
}

/** Asks for a new guess whenever picture, t, seed or model changes, and at most once a second while the model learns. */
export function useGuessing(): void {
  const { index, t, seed } = useStore((state) => state.reverseStep.settings);
  const weights = useStore((state) => state.sampling.settings.weights);
  const { guessNoise, stopGuessing } = useStore.getState();
  const blocked = useEditingProblem() !== null;
  const data = useCurrentData();
  const model = useSampledModel();
  const trained = useCalm(model?.trainedSteps ?? 0, 1000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the guess is made from is read from the store.
  useEffect(() => {
    if (!blocked) void guessNoise();
  }, [blocked, guessNoise, index, t, seed, weights, data, model?.shipped, model?.config, trained]);
  useEffect(() => stopGuessing, [stopGuessing]);
}
