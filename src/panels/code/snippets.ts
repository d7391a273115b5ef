import type { ObjectiveId } from '../../engine/diffusion/objectives/objectives';
import type { StepChoices } from '../../engine/diffusion/reverseStep';
import type { ScheduleId } from '../../engine/diffusion/schedules/schedules';
import { diffusionCode } from './diffusionCode';
import { objectiveFormulas, scheduleCall } from './formulas';

/** A few lines of PyTorch that do what a view shows. */
export interface Snippet {
  title: string;
  code: string;
  /** What the lines are written after. */
  source: string;
  /** What names in the code stand for now, such as "√ᾱ_t = 0.812". */
  values?: Readonly<Record<string, string>>;
}

const scheduleSources: Record<ScheduleId, string> = {
  linear: 'Ho et al. 2020, section 4',
  cosine: 'Nichol and Dhariwal 2021, equation 17',
  sigmoid: 'Jabri et al. 2022',
  zeroTerminal: 'Lin et al. 2023, algorithm 1',
  straight: 'Liu et al. 2022',
};

/** β, α and ᾱ of a schedule with T steps. */
export function scheduleSnippet(schedule: string, nSteps: number): Snippet {
  const { functions, betas } = scheduleCall(schedule);
  return {
    title: 'Schedule',
    code: `${diffusionCode(functions)}

T = ${nSteps}
betas = ${betas}.float()
alphas = 1 - betas
alpha_bar = torch.cumprod(alphas, dim=0)`,
    source:
      scheduleSources[schedule as ScheduleId] ?? 'Fritsch and Butland 1984, for a curve that never rises',
  };
}

export const qSampleSnippet: Snippet = {
  title: 'Forward process',
  code: `def q_sample(x0, t, eps):
    """x_t for whole t [N] from 0, of images [N,C,H,W]."""
    a = alpha_bar[t][:, None, None, None]
    return a.sqrt() * x0 + (1 - a).sqrt() * eps`,
  source: 'Ho et al. 2020, equation 4',
};

/** The loss of a batch, each image at a t of its own, for what the network predicts. */
export function lossSnippet(objective: ObjectiveId): Snippet {
  const { target } = objectiveFormulas[objective];
  const [times, levels, time] =
    objective === 'flow'
      ? ['torch.rand(len(x0))', 's = t[:, None, None, None]\n    signal, spread = 1 - s, s', 'T * t']
      : [
          'torch.randint(T, (len(x0),))',
          'a = alpha_bar[t][:, None, None, None]\n    signal, spread = a.sqrt(), (1 - a).sqrt()',
          't',
        ];
  return {
    title: 'Training loss',
    code: `def training_loss(network, x0):
    """The mean squared error on images [N,C,H,W], each with a time and a noise of its own."""
    t, eps = ${times}, torch.randn_like(x0)
    ${levels}
    prediction = network(signal * x0 + spread * eps, ${time})
    return (${/ /.test(target) ? `(${target})` : target} - prediction).square().mean()`,
    source:
      objective === 'flow'
        ? 'Lipman et al. 2023, equation 23'
        : 'Ho et al. 2020, algorithm 1 and equation 14',
  };
}

/** One reverse step with the choices of the view, for what the network predicts. */
export function pSampleSnippet(objective: ObjectiveId, { variance, clipX0 }: StepChoices): Snippet {
  const mean = clipX0
    ? `x0 = ((x - spread * eps) / signal).clamp(-1, 1)
    mean = (before.sqrt() * betas[t] * x0 + alphas[t].sqrt() * (1 - before) * x) / (1 - alpha_bar[t])`
    : 'mean = (x - betas[t] / spread * eps) / alphas[t].sqrt()';
  const isLearned = variance === 'learned';
  const squared =
    variance === 'beta'
      ? 'betas[t]'
      : isLearned
        ? 'variance'
        : '(betas[t] * (1 - before) / (1 - alpha_bar[t]))';
  const needsBefore = clipX0 || variance !== 'beta';
  const before = needsBefore ? '\n    before = alpha_bar[t - 1] if t > 0 else torch.tensor(1.0)' : '';
  const [input, time] =
    objective === 'flow' ? ['x / (signal + spread)', 'float(T * spread / (signal + spread))'] : ['x', 't'];
  const answer = `network(${input}, torch.full((len(x),), ${time}))`;
  const named = objective === 'epsilon' ? 'eps' : 'prediction';
  const guess = [
    isLearned ? `${named}, v = ${answer}.chunk(2, dim=1)` : `${named} = ${answer}`,
    ...(objective === 'epsilon' ? [] : [`eps = ${objectiveFormulas[objective].eps}`]),
    ...(isLearned
      ? [
          'tilde = betas[t] * (1 - before) / (1 - alpha_bar[t])',
          'variance = (tilde.log() + (v + 1) / 2 * (betas[t] / tilde).log()).exp() if t > 0 else betas[t]',
        ]
      : []),
  ].join('\n    ');
  return {
    title: 'Reverse step',
    code: `@torch.no_grad()
def p_sample(network, x, t):
    """x_{t−1} from x_t, all images at the same t from 0."""
    signal, spread = alpha_bar[t].sqrt(), (1 - alpha_bar[t]).sqrt()${before}
    ${guess}
    ${mean}
    z = torch.randn_like(x) if t > 0 else torch.zeros_like(x)
    return mean + ${squared}.sqrt() * z`,
    source: `Ho et al. 2020, algorithm 2 and equation ${clipX0 ? 7 : 11}`,
  };
}
