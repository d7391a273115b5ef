import type { BackendName } from '../engine/backend/report';
import { configProblems, type ModelConfig } from '../engine/unet/config';
import { memoryEstimate, memoryLimit } from '../engine/unet/size';
import type { TrainingSettings } from '../worker/protocol';
import { formatBytes } from './formatBytes';
import type { SettingField, Settings } from './settings';

/** What keeps settings from working: at most one message a control, and one for the memory of the whole. */
export type SettingsProblems = Partial<Record<SettingField | 'memory', string>>;

/** What the machine and the data allow. */
export interface SettingsLimits {
  /** Pictures of the data set to learn from. */
  count: number;
  /** None before the engine has started: then nothing is said about memory. */
  backend: BackendName | null;
}

/** Everything that is wrong with settings, each message with the limit and what to do; empty where all is well. */
export function settingsProblems(
  { model, training, seed }: Settings,
  limits: SettingsLimits,
): SettingsProblems {
  const problems = { ...modelProblems(model), ...trainingProblems(training, limits) };
  if (!isSeed(seed)) problems.seed = seedProblem(seed);
  if (Object.keys(problems).length > 0) return problems;
  const memory = memoryProblem(model, training.batchSize, limits.backend);
  return memory === null ? problems : { memory };
}

/** What keeps a UNet of this config from being built. */
export function modelProblems(model: ModelConfig): SettingsProblems {
  const problems: SettingsProblems = {};
  for (const { field, message } of configProblems(model)) {
    // The size of the pictures is the data's; what does not fit it are the levels.
    problems[field === 'imageSize' || field === 'imageChannels' ? 'chMults' : field] ??= message;
  }
  return problems;
}

/** What keeps Adam from training, or the previews from being drawn. */
export function trainingProblems(
  { batchSize, learningRate, emaDecay, classDropout = 0, snrGamma, steps, preview }: TrainingSettings,
  { count }: Pick<SettingsLimits, 'count'>,
): SettingsProblems {
  const problems: SettingsProblems = {};
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    problems.batchSize = `The batch must be a whole number of at least 1, not ${batchSize}.`;
  } else if (batchSize > count) {
    problems.batchSize =
      `A batch of ${grouped(batchSize)} is larger than the part of the data set to learn from: ` +
      `take at most ${grouped(count)} pictures.`;
  }
  if (!(learningRate > 0 && learningRate <= 1)) {
    problems.learningRate = `The learning rate must be above 0 and at most 1, not ${learningRate}.`;
  }
  if (!(emaDecay >= 0 && emaDecay < 1)) {
    problems.emaDecay = `The EMA decay must be at least 0 and below 1, not ${emaDecay}.`;
  }
  if (!(classDropout >= 0 && classDropout <= 1)) {
    problems.classDropout = `Class dropout must be from 0 to 1, not ${classDropout}.`;
  }
  if (snrGamma !== undefined && !(snrGamma > 0 && snrGamma < Number.POSITIVE_INFINITY)) {
    problems.snrGamma = `The largest SNR must be above 0, not ${snrGamma}.`;
  }
  if (!Number.isInteger(steps) || steps < 1) {
    problems.steps = `Training steps must be a whole number of at least 1, not ${steps}.`;
  }
  if (!(Number.isInteger(preview.count) && preview.count >= 1 && preview.count <= 64)) {
    problems['preview.count'] = `Samples must be a whole number from 1 to 64, not ${preview.count}.`;
  }
  if (!(Number.isInteger(preview.samplerSteps) && preview.samplerSteps >= 1)) {
    problems['preview.samplerSteps'] =
      `Sampler steps must be a whole number of at least 1, not ${preview.samplerSteps}.`;
  }
  if (!isSeed(preview.seed)) problems['preview.seed'] = seedProblem(preview.seed);
  return problems;
}

/** Says when training would need more memory than the backend has; null when it fits. */
export function memoryProblem(
  model: ModelConfig,
  batchSize: number,
  backend: BackendName | null,
): string | null {
  if (backend === null) return null;
  const { total } = memoryEstimate(model, batchSize);
  const limit = memoryLimit(backend);
  if (total <= limit) return null;
  return (
    `Training this model with a batch of ${grouped(batchSize)} takes about ${formatBytes(total)}, ` +
    `and there are ${formatBytes(limit)}: take fewer channels or a smaller batch.`
  );
}

function isSeed(seed: number): boolean {
  return Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
}

function seedProblem(seed: number): string {
  return `The seed must be a whole number from 0 to ${grouped(2 ** 32 - 1)}, not ${seed}.`;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
