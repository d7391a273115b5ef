import { type ObjectiveId, objectiveOf } from '../../../engine/diffusion/objectives/objectives';
import { type ModelConfig, modelConfigToJson } from '../../../engine/unet/config';
import type { SamplingChoices } from '../../../settings/groups/sampling';
import { stepsOf } from '../../../settings/samplingSettings';
import type { TrainingSettings } from '../../../settings/settings';
import { diffusionCode } from '../diffusionCode';
import { lossWeightFormula, objectiveFormulas, scheduleCall } from '../formulas';
import boundLoss from './boundLoss.py?raw';
import { pythonDict, unetCode } from './python';
import template from './script.py?raw';

/** What a script is about. */
export interface CodeRun {
  config: ModelConfig;
  training: Omit<TrainingSettings, 'preview'>;
  /** Of the first weights, the batches, t and ε. */
  seed: number;
  sampling: SamplingChoices;
  /** The files that it reads. */
  data: string;
  weights: string;
  /** The level of white in the data. */
  white: number;
}

/** A model and its settings as one Python file, in cells as editors know them: "# %% Title". */
export function pythonScript(run: CodeRun): string {
  const { config } = run;
  const { functions, betas } = scheduleCall(config.schedule);
  const filled: Record<string, string> = {
    DATA: run.data,
    WEIGHTS: run.weights,
    CONFIG: pythonDict(modelConfigToJson(config)),
    TRAINING: pythonDict(trainingValues(run)),
    SAMPLING: `${pythonDict(samplingValues(run))}${run.sampling.variance === 'learned' ? '\n# The page samples with the learned variance; here β̃ stands for it.' : ''}`,
    SCHEDULE: diffusionCode(functions),
    BETAS: betas,
    UNET: unetCode,
    OBJECTIVE: objectiveCode(run),
    TIMES: timesOf(run),
    LOSS: lossOf(run),
    PREDICTION: config.learnedVariance
      ? 'x = signal * x0 + spread * eps\n    prediction, v = network(x, t, labels).chunk(2, dim=1)'
      : 'prediction = network(signal * x0 + spread * eps, t, labels)',
  };
  const text = template.replace(/__([A-Z]+)__/g, (_, name: string) => filled[name] as string);
  // At most 300 lines: no empty line within a class or a function, and one between them.
  return text.replace(/\n\n+(?= )/g, '\n').replace(/\n{3,}/g, '\n\n');
}

function trainingValues({ training, seed, white }: CodeRun): Record<string, unknown> {
  return {
    batch_size: training.batchSize,
    learning_rate: training.learningRate,
    ema_decay: training.emaDecay,
    class_dropout: training.classDropout ?? 0.1,
    steps: training.steps,
    seed,
    white,
  };
}

function samplingValues({ config, sampling }: CodeRun): Record<string, unknown> {
  return {
    sampler: sampling.sampler === 'ancestral' ? 'ddpm' : 'ddim',
    steps: stepsOf(sampling, config),
    variance: sampling.variance === 'learned' ? 'betaTilde' : sampling.variance,
    eta: sampling.eta,
    clip_x0: sampling.clipX0,
    noise_at_end: sampling.noiseAtEnd,
    guidance: config.nClasses > 0 ? sampling.guidance : 0,
    count: sampling.count,
    seed: sampling.seed,
  };
}

/** The loss weight of every t; null where all count the same. */
function weightsOf({ config, training }: CodeRun): string | null {
  return lossWeightFormula(config.objective as ObjectiveId, training);
}

/** Target, input, ε̂ and, unless all t count the same, the loss weight of what the network predicts. */
function objectiveCode(run: CodeRun): string {
  const { config } = run;
  const { target, eps } = objectiveFormulas[config.objective as ObjectiveId];
  const { levels, prediction, step } = inputCode[objectiveOf(config.objective).input];
  const parts = config.learnedVariance ? '[:, : x.shape[1]]' : '';
  const weights = weightsOf(run);
  const weighted = `

snr = alpha_bar / (1 - alpha_bar)
loss_weights = ${weights}
def loss_weight(t):
    return loss_weights[${step}]`;
  return `def target(signal, spread, x0, eps):
    return ${target}

${levels}

def predict_eps(network, x, t, labels):
    signal, spread = signal_and_spread(t)
    prediction = ${prediction}${parts}
    return ${eps}${weights === null ? '' : weighted}${config.learnedVariance ? `\n\n${boundLoss.trim()}` : ''}`;
}

/** Where they are, all images count the same. */
function drawnByWeight(run: CodeRun): boolean {
  return run.training.timeSampling === 'importance' && weightsOf(run) !== null;
}

function lossOf(run: CodeRun): string {
  const { config } = run;
  const isFlow = objectiveOf(config.objective).input === 'flow';
  const mean = isFlow ? 'loss_weight(torch.arange(T, device=DEVICE) + 0.5).mean()' : 'loss_weights.mean()';
  const weight = drawnByWeight(run) ? mean : 'loss_weight(t)';
  const simple = weightsOf(run) === null ? 'errors.mean()' : `(${weight} * errors).mean()`;
  if (!config.learnedVariance) return simple;
  const { eps } = objectiveFormulas[config.objective as ObjectiveId];
  const error = config.objective === 'epsilon' ? 'prediction - eps' : `${eps} - eps`;
  return `${simple} + bound_loss(${error}, v, x0, t)`;
}

/** The times of a batch, at which the network is asked; whole ones also where the page draws real t of a diffusion. */
function timesOf(run: CodeRun): string {
  const { config, training } = run;
  const isFlow = objectiveOf(config.objective).input === 'flow';
  if (drawnByWeight(run)) {
    const parts = isFlow ? 'loss_weight(torch.arange(T, device=DEVICE) + 0.5)' : 'loss_weights';
    const drawn = `torch.multinomial(${parts}, len(x0), replacement=True)`;
    return isFlow ? `${drawn} + torch.rand(len(x0), device=DEVICE)` : drawn;
  }
  if (training.timeSampling === 'logitNormal') {
    const places = 'T * torch.randn(len(x0), device=DEVICE).sigmoid()';
    return isFlow ? places : `(${places}).long().clamp(max=T - 1)`;
  }
  return isFlow ? 'T * torch.rand(len(x0), device=DEVICE)' : 'torch.randint(T, (len(x0),), device=DEVICE)';
}

interface InputCode {
  /** What its input has of image and noise at these times. */
  levels: string;
  /** What the network says of x_t. */
  prediction: string;
  /** The step t that belongs to the network's time. */
  step: string;
}

const inputCode: Record<'diffusion' | 'flow', InputCode> = {
  diffusion: {
    levels: 'input_levels = signal_and_spread',
    prediction: 'network(x, t, labels)',
    step: 't',
  },
  flow: {
    levels: `def input_levels(t):  # 1 − s and s of the straight line from image to noise, at t = T·s
    return (1 - t / T)[:, None, None, None], (t / T)[:, None, None, None]`,
    prediction: 'network(x / (signal + spread), (spread / (signal + spread)).flatten() * T, labels)',
    // The t whose ratio of signal to noise is nearest.
    step: '(snr.log() - 2 * (T / t[:, None] - 1).log()).abs().argmin(dim=1)',
  },
};
