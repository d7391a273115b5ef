import { leastHeldOutCount, leastTrainingCount } from '../engine/data/split';
import type { ModelConfig } from '../engine/unet/config';
import { isOfNewModel, trainingGroup } from '../settings/groups/training';
import type { SettingContext } from '../settings/setting';
import {
  memoryProblem,
  runProblems,
  type SettingsProblems,
  settingsProblems,
} from '../settings/settingsProblems';
import { modelFitProblem } from '../worker/modelFits';
import { type FactsNeeds, factsOf, isGone } from './datasetFacts';
import type { DatasetState } from './datasetSlice';
import type { SessionState } from './sessionState';
import { hasTrained, type TrainingState } from './trainingState';
import type { PageValues, ValuesSlice } from './valuesSlice';

/** The parts of the store that decide what may be started. */
export interface ReadinessState extends FactsNeeds, Pick<ValuesSlice, 'drafts'> {
  session: SessionState;
  dataset: DatasetState;
  values: Pick<PageValues, 'data' | 'settings'>;
  training: TrainingState;
}

/** What limits settings now: the data set on the page, and T of the settings unless a model is asked. */
export function contextOf(
  state: FactsNeeds & { values: Pick<PageValues, 'data' | 'settings'> },
  nSteps: number = state.values.settings.model.nSteps,
): SettingContext {
  const facts = factsOf(state, state.values.data.dataset);
  return {
    nSteps,
    classes: facts.classNames.length,
    trainingCount: leastTrainingCount(facts),
    heldOutCount: leastHeldOutCount(facts),
  };
}

/** What is wrong with the settings, a message by path; what is typed but not valid is said by the control itself. */
export function problemsOf(state: Omit<ReadinessState, 'dataset' | 'training' | 'drafts'>): SettingsProblems {
  const backend = state.session.backend?.name ?? null;
  return settingsProblems(state.values.settings, { context: contextOf(state), backend });
}

/** Why training cannot start or go on now; null when it can. A trained model goes on with its own config. */
export function startProblem(state: ReadinessState): string | null {
  const { training, session } = state;
  const { settings, data } = state.values;
  const waiting = notReady(state);
  if (waiting) return waiting;
  if (!hasTrained(training) || !training.model) return newModelProblem(state);
  if (training.dataset === null) {
    const misfit = modelFitProblem(training.model.config, factsOf(state, data.dataset));
    if (misfit) return misfit;
  } else if (training.dataset !== data.dataset) {
    const learned = factsOf(state, training.dataset).title;
    if (isGone(state, training.dataset))
      return `The model has learned ${learned}, which is deleted: make a new model for ${factsOf(state, data.dataset).title}.`;
    return `The model has learned ${learned}: go back to it, or make a new model for ${factsOf(state, data.dataset).title}.`;
  }
  const problems = { ...draftsOf(state, 'run'), ...runProblems(settings, contextOf(state)) };
  return (
    firstProblem(problems) ??
    memoryProblem(training.model.config, settings.training.batchSize, session.backend?.name ?? null)
  );
}

/** Why no new model can be made from the settings now; null when it can. */
export function newModelProblem(state: ReadinessState): string | null {
  return notReady(state) ?? firstProblem({ ...draftsOf(state, 'all'), ...problemsOf(state) });
}

/** The settings that a trained model does not have, because they wait for the next new one. */
export function waitingSettings({
  values: { settings, data },
  training,
}: Pick<ReadinessState, 'values' | 'training'>): (keyof ModelConfig)[] {
  if (!hasTrained(training) || !training.model || training.dataset !== data.dataset) return [];
  const { config } = training.model;
  const fields = Object.keys(settings.model) as (keyof ModelConfig)[];
  return fields.filter((field) => String(settings.model[field]) !== String(config[field]));
}

/** Whether all steps of the target are taken. */
export function isComplete({ values, training }: Pick<ReadinessState, 'values' | 'training'>): boolean {
  return hasTrained(training) && training.step >= values.settings.training.steps;
}

function notReady({ session, dataset, values, training }: ReadinessState): string | null {
  if (session.status === 'failed') return session.problem ?? 'The engine did not start.';
  if (session.status === 'starting') return 'The engine is starting.';
  if (dataset.status === 'failed')
    return 'The data set could not be loaded: choose it again, or another one.';
  if (dataset.status !== 'ready' || dataset.data?.id !== values.data.dataset)
    return 'The data set is loading.';
  if (training.isRestoring) return 'The model of your last visit is being opened.';
  return null;
}

/** What is typed but not valid, of the settings of a run or of all. */
function draftsOf({ drafts }: Pick<ReadinessState, 'drafts'>, which: 'run' | 'all'): SettingsProblems {
  const prefix = `${trainingGroup.id}.`;
  const own = Object.entries(drafts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, problem]) => [name.slice(prefix.length), problem] as const);
  return Object.fromEntries(own.filter(([path]) => which === 'all' || !isOfNewModel(path)));
}

/** With the name of its setting, where the message does not begin with it. */
function firstProblem(problems: SettingsProblems): string | null {
  const [first] = Object.entries(problems);
  if (!first) return null;
  const [path, message] = first;
  const label = trainingGroup.rows[path as keyof typeof trainingGroup.rows]?.label;
  return label === undefined || message.startsWith(label) ? message : `${label}: ${message}`;
}
