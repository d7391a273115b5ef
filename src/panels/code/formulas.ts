import { defaultGamma, type LossWeighting } from '../../engine/diffusion/lossWeights/lossWeights';
import type { ObjectiveId } from '../../engine/diffusion/objectives/objectives';
import { parseDrawnSchedule } from '../../engine/diffusion/schedules/drawn';
import type { ScheduleId } from '../../engine/diffusion/schedules/schedules';

interface ObjectiveFormulas {
  target: string;
  /** ε̂ from x_t and the prediction. */
  eps: string;
  /** The squared error of ε as a multiple of that of the prediction. */
  epsError: string;
}

/** What each objective is in Python. */
export const objectiveFormulas: Record<ObjectiveId, ObjectiveFormulas> = {
  epsilon: { target: 'eps', eps: 'prediction', epsError: '1' },
  x0: { target: 'x0', eps: '(x - signal * prediction) / spread', epsError: 'snr' },
  v: {
    target: 'signal * eps - spread * x0',
    eps: 'spread * x + signal * prediction',
    epsError: 'snr / (snr + 1)',
  },
  flow: {
    target: 'eps - x0',
    eps: '(x + signal * prediction) / (signal + spread)',
    epsError: 'snr / (snr.sqrt() + 1) ** 2',
  },
};

/** The loss weights of all t in Python; null where all count the same. */
export function lossWeightFormula(objective: ObjectiveId, weighting: LossWeighting): string | null {
  const { lossWeight = 'simple', snrGamma = defaultGamma } = weighting;
  const { epsError } = objectiveFormulas[objective];
  if (lossWeight === 'minSnr') return `snr.clamp(max=${snrGamma}) / snr * ${epsError}`;
  if (lossWeight !== 'vlb') return null;
  return `(lambda w: w / w.mean())(betas / (2 * alphas * (1 - alpha_bar)) * ${epsError})`;
}

/** Functions of scale-out that make β of a schedule. */
const scheduleFunctions: Record<ScheduleId, readonly string[]> = {
  linear: ['linear_betas'],
  cosine: ['_betas_from_alpha_bar', 'cosine_betas'],
  sigmoid: ['_betas_from_alpha_bar', 'sigmoid_betas'],
  zeroTerminal: ['linear_betas', 'zero_terminal_betas'],
  straight: ['straight_betas'],
};

/** The functions that a schedule needs, and the call that gives its β. */
export function scheduleCall(id: string): { functions: readonly string[]; betas: string } {
  const points = parseDrawnSchedule(id);
  if (points) {
    return {
      functions: ['_betas_from_alpha_bar', 'drawn_betas'],
      betas: `drawn_betas([${points.join(', ')}], T)`,
    };
  }
  const functions = scheduleFunctions[id as ScheduleId];
  return { functions, betas: `${functions.at(-1)}(T)` };
}
