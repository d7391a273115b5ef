import { useEffect, useMemo } from 'react';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import { type ReverseStep, reverseStep } from '../../engine/diffusion/reverseStep';
import { useCurrentData } from '../../panels/data/useCurrentData';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useSampledModel } from '../../panels/model/useModel';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { useCalm } from '../../ui/useCalm';
import { reverseStepGroup } from './settings';
import { type Prediction, useReverseStep } from './state';

/** The newest guess of the model, and the whole step that follows from it; null before the first. */
export function useStep(): { guess: Prediction; step: ReverseStep } | null {
  const guess = useReverseStep((state) => state.prediction);
  const { variance, clipX0 } = useValues(reverseStepGroup);
  return useMemo(() => {
    if (!guess) return null;
    const choices = { variance: usedVariance(variance, guess), clipX0 };
    return { guess, step: reverseStep(guess.diffusion, guess, choices) };
  }, [guess, variance, clipX0]);
}

/** The variance that the step has: β where a learned one is chosen and the model has learned none, which the panel says. */
export function usedVariance(chosen: VarianceChoice, { v }: Prediction): VarianceChoice {
  return chosen === 'learned' && !v ? 'beta' : chosen;
}

/** Asks for a new guess whenever image, t, seed or model changes, and at most once a second while the model learns. */
export function useGuessing(): void {
  const { index, t, seed } = useValues(reverseStepGroup);
  const weights = useStore((state) => state.values.sampling.weights);
  const { predict, stop } = useReverseStep.getState();
  const blocked = useEditingProblem() !== null;
  const data = useCurrentData();
  const model = useSampledModel();
  const trained = useCalm(model?.trainedSteps ?? 0, 1000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the guess is made from is read from the store.
  useEffect(() => {
    if (!blocked) void predict();
  }, [blocked, predict, index, t, seed, weights, data, model?.shipped, model?.config, trained]);
  useEffect(() => stop, [stop]);
}
