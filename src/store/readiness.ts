import { leastTrainingCount } from '../engine/data/split';
import type { ModelConfig } from '../engine/unet/config';
import { modelFitProblem } from '../worker/modelFits';
import { type FactsNeeds, factsOf, isGone } from './datasetFacts';
import type { DatasetState } from './datasetSlice';
import type { SessionState } from './sessionSlice';
import { type SettingField, settingTitles } from './settings';
import { memoryProblem, type SettingsProblems, settingsProblems, trainingProblems } from './settingsProblems';
import type { SettingsState } from './settingsSlice';
import { hasTrained, type TrainingState } from './trainingState';

/** The parts of the store that decide what may be started. */
export interface ReadinessState extends FactsNeeds {
  session: SessionState;
  dataset: DatasetState;
  settings: SettingsState;
  training: TrainingState;
}

/** What is wrong with the settings, a message a control; what is typed but not valid is said by the control itself. */
export function problemsOf(state: ReadinessState): SettingsProblems {
  const { session, settings } = state;
  return settingsProblems(settings, {
    count: leastTrainingCount(factsOf(state, settings.dataset)),
    backend: session.backend?.name ?? null,
  });
}

/** Why training cannot start or go on now; null when it can. A trained model goes on with its own config. */
export function startProblem(state: ReadinessState): string | null {
  const { settings, training, session } = state;
  const waiting = notReady(state);
  if (waiting) return waiting;
  if (!hasTrained(training) || !training.model) return newModelProblem(state);
  if (training.dataset === null) {
    const misfit = modelFitProblem(training.model.config, factsOf(state, settings.dataset));
    if (misfit) return misfit;
  } else if (training.dataset !== settings.dataset) {
    const learned = factsOf(state, training.dataset).title;
    if (isGone(state, training.dataset))
      return `The model has learned ${learned}, which is deleted: make a new model for ${factsOf(state, settings.dataset).title}.`;
    return `The model has learned ${learned}: go back to it, or make a new model for ${factsOf(state, settings.dataset).title}.`;
  }
  const limits = { count: leastTrainingCount(factsOf(state, settings.dataset)) };
  const problems = { ...draftsOf(settings, 'run'), ...trainingProblems(settings.training, limits) };
  return (
    firstProblem(problems) ??
    memoryProblem(training.model.config, settings.training.batchSize, session.backend?.name ?? null)
  );
}

/** Why no new model can be made from the settings now; null when it can. */
export function newModelProblem(state: ReadinessState): string | null {
  return notReady(state) ?? firstProblem({ ...draftsOf(state.settings, 'all'), ...problemsOf(state) });
}

/** The settings that a trained model does not have, because they wait for the next new one. */
export function waitingSettings({
  settings,
  training,
}: Pick<ReadinessState, 'settings' | 'training'>): (keyof ModelConfig)[] {
  if (!hasTrained(training) || !training.model || training.dataset !== settings.dataset) return [];
  const { config } = training.model;
  const fields = Object.keys(settings.model) as (keyof ModelConfig)[];
  return fields.filter((field) => String(settings.model[field]) !== String(config[field]));
}

/** Whether all steps of the target are taken. */
export function isComplete({ settings, training }: Pick<ReadinessState, 'settings' | 'training'>): boolean {
  return hasTrained(training) && training.step >= settings.training.steps;
}

function notReady({ session, dataset, settings }: ReadinessState): string | null {
  if (session.status === 'failed') return session.problem ?? 'The engine did not start.';
  if (session.status === 'starting') return 'The engine is starting.';
  if (dataset.status === 'failed')
    return 'The data set could not be loaded: choose it again, or another one.';
  if (dataset.status !== 'ready' || dataset.data?.id !== settings.dataset) return 'The data set is loading.';
  return null;
}

const ofRun: ReadonlySet<SettingField> = new Set<SettingField>([
  'batchSize',
  'learningRate',
  'emaDecay',
  'classDropout',
  'steps',
  'preview.count',
  'preview.samplerSteps',
  'preview.seed',
]);

/** What is typed but not valid, of the settings of a run or of all. */
function draftsOf({ drafts }: SettingsState, which: 'run' | 'all'): SettingsProblems {
  if (which === 'all') return drafts;
  return Object.fromEntries(
    Object.entries(drafts).filter(([field]) => ofRun.has(field as SettingField)),
  ) as SettingsProblems;
}

function firstProblem(problems: SettingsProblems): string | null {
  const [first] = Object.entries(problems) as [SettingField | 'memory', string][];
  if (!first) return null;
  const [field, message] = first;
  return field === 'memory' ? message : `${settingTitles[field]}: ${message}`;
}
