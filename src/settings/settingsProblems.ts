import type { BackendName } from '../engine/backend/report';
import { formatBytes } from '../engine/formatBytes';
import { configProblems, type ModelConfig } from '../engine/unet/config';
import { memoryEstimate, memoryLimit } from '../engine/unet/size';
import { problemsOf } from './group';
import { isOfNewModel, trainingGroup } from './groups/training';
import type { SettingContext } from './setting';
import type { Settings } from './settings';

/** What keeps settings from working: a message by path, and one for the memory of the whole. */
export type SettingsProblems = Readonly<Record<string, string>>;

/** What the machine and the data allow. */
export interface SettingsLimits {
  context: SettingContext;
  /** None before the engine has started: then nothing is said about memory. */
  backend: BackendName | null;
}

/** Everything that is wrong with settings, each message with the limit and what to do; empty where all is well. */
export function settingsProblems(settings: Settings, { context, backend }: SettingsLimits): SettingsProblems {
  const problems = { ...problemsOf(trainingGroup, settings, context), ...modelProblems(settings.model) };
  if (Object.keys(problems).length > 0) return problems;
  const memory = memoryProblem(settings.model, settings.training.batchSize, backend);
  return memory === null ? problems : { memory };
}

/** The same of a run with a model that is there. */
export function runProblems(settings: Settings, context: SettingContext): SettingsProblems {
  const problems = Object.entries(problemsOf(trainingGroup, settings, context));
  return Object.fromEntries(problems.filter(([path]) => !isOfNewModel(path)));
}

/** What keeps a U-Net of this config from being built. */
function modelProblems(model: ModelConfig): SettingsProblems {
  const problems: Record<string, string> = {};
  for (const { field, message } of configProblems(model)) {
    // The size of the images is the data's; what does not fit it are the levels.
    const path = field === 'imageSize' || field === 'imageChannels' ? 'chMults' : field;
    problems[`model.${path}`] ??= message;
  }
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
    `Training this model with a batch of ${batchSize.toLocaleString('en')} takes about ${formatBytes(total)}, ` +
    `and there are ${formatBytes(limit)}: take fewer channels or a smaller batch.`
  );
}
