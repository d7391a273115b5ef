import { useEffect, useMemo, useRef } from 'react';
import { createDiffusion, type Diffusion } from '../../../engine/diffusion/diffusion';
import { qSample } from '../../../engine/diffusion/forward';
import { reverseStep } from '../../../engine/diffusion/reverseStep';
import { Random } from '../../../engine/training/random';
import { engineTime } from '../../../panels/forward/noising';
import { useDiffusion } from '../../../panels/forward/useDiffusion';
import { type Example, useExample } from '../../../panels/forward/useExample';
import { useEditingProblem } from '../../../panels/model/useEditingProblem';
import { useSampledModel } from '../../../panels/model/useModel';
import { sourceOf } from '../../../store/sampledModel';
import { isQuick } from '../../../store/sessionState';
import { useStore } from '../../../store/store';
import { useCalm } from '../../../ui/useCalm';
import { type Subject, useOpening } from './state';

/** The images of the process at one t. */
export interface Process {
  example: Example | null;
  xt: Float32Array | null;
  /** x̂₀ and x_{t−1}; none before the model has answered, and at t = 0, where no noise is left to predict. */
  x0: Float32Array | null;
  next: Float32Array | null;
}

/** The diffusion of the model that is asked, or of the settings where there is none. */
export function useModelDiffusion(): Diffusion {
  const own = useDiffusion();
  const config = useSampledModel()?.config;
  return useMemo(() => (config ? createDiffusion(config.schedule, config.nSteps) : own), [config, own]);
}

/** The example of the page after `t` steps of noise, and what the model makes of it. */
export function useProcess(diffusion: Diffusion, t: number): Process {
  const example = useExample();
  const eps = useOpening(({ predictions }) => predictions.get(engineTime(t)));
  const z = useMemo(
    () => example && new Random(example.noise.length).normal(example.noise.length),
    [example],
  );
  return useMemo(() => {
    if (!example || !z) return { example, xt: null, x0: null, next: null };
    const { x0, noise } = example;
    const xt = qSample(diffusion, x0, engineTime(t), noise);
    if (t === 0 || !eps || eps.length !== x0.length) return { example, xt, x0: null, next: null };
    const step = reverseStep(
      diffusion,
      { x0, noise, eps, z, t: engineTime(t) },
      { variance: 'beta', clipX0: true },
    );
    return { example, xt, x0: step.x0, next: step.next };
  }, [diffusion, example, z, eps, t]);
}

/** Asks the model at t, and ahead at all `times` that a sweep will come to; after the first samples, which go before. */
export function usePredictions(t: number, times: readonly number[], sweeping: boolean): void {
  const example = useExample();
  const model = useSampledModel();
  const trained = useCalm(model?.trainedSteps ?? 0, 2000);
  const weights = useStore((state) => state.values.sampling.weights);
  const quick = useStore(isQuick);
  const blocked = useEditingProblem() !== null;
  const drawing = useStore(({ sampling }) => sampling.status === 'running');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights of the same model are another subject.
  const subject: Subject | null = useMemo(
    () =>
      example &&
      model && {
        x0: example.x0,
        noise: example.noise,
        label: example.label,
        source: sourceOf(model, weights),
      },
    [example, model?.shipped, model?.config, trained, weights],
  );
  const ahead = sweeping && quick;
  const alone = ahead ? 0 : t;
  const wanted = useMemo(
    () => (ahead ? times : alone === 0 ? [] : [alone]).map(engineTime),
    [ahead, times, alone],
  );
  const now = useRef(t);
  now.current = t;
  useEffect(() => {
    if (!subject || blocked || drawing) return;
    // Those that a sweep comes to next go first.
    const [passed, coming] = [
      wanted.filter((one) => one < now.current),
      wanted.filter((one) => one >= now.current),
    ];
    void useOpening.getState().predict(subject, [...coming, ...passed.reverse()]);
  }, [subject, blocked, drawing, wanted]);
  useEffect(() => () => useOpening.getState().stop(), []);
}
