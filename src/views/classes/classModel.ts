import type { ModelOrigin } from '../../settings/groups/page';
import { factsOf } from '../../store/datasetFacts';
import {
  type ModelNeeds,
  modelOf,
  modelOrigins,
  type SampledModel,
  sampledOrigin,
  sourceOf,
} from '../../store/sampledModel';
import type { SessionState } from '../../store/sessionState';
import type { StudiedModel } from '../../store/studiedModel';
import type { PageValues } from '../../store/valuesSlice';

/** What asking for a class needs of the store. */
export interface ClassNeeds extends ModelNeeds {
  session: Pick<SessionState, 'status' | 'problem'>;
  values: Pick<PageValues, 'data' | 'origin' | 'sampling'>;
}

/** The models that have learned the classes of the data set on the page. */
export function classOrigins(state: ModelNeeds): ModelOrigin[] {
  const { classNames } = factsOf(state, state.values.data.dataset);
  return modelOrigins(state).filter(
    (origin) => modelOf(state, origin)?.config.nClasses === classNames.length,
  );
}

/** Whose model is asked for classes: the one that draws, where it knows them, else the first that does. */
export function classOrigin(state: ModelNeeds): ModelOrigin | null {
  const origins = classOrigins(state);
  const drawing = sampledOrigin(state);
  return drawing !== null && origins.includes(drawing) ? drawing : (origins[0] ?? null);
}

/** The model that is asked for classes; null where none has learned them. */
export function classModel(state: ModelNeeds): SampledModel | null {
  const origin = classOrigin(state);
  return origin && modelOf(state, origin);
}

/** Why no class can be asked for now; null where one can. */
export function classProblem(state: Omit<ClassNeeds, 'sampling'>): string | null {
  if (state.session.status === 'failed') return state.session.problem ?? 'The engine did not start.';
  if (state.session.status === 'starting') return 'The engine is starting.';
  if (classModel(state)) return null;
  const { title } = factsOf(state, state.values.data.dataset);
  return `No model has learned the classes of ${title} yet.`;
}

/** The model that a class is asked of, or why none can be asked now. */
export function classStudy(state: ClassNeeds): StudiedModel {
  const model = classModel(state);
  const problem = classProblem(state);
  if (!model || problem) return { model: null, source: null, problem: problem ?? 'There is no model yet.' };
  return { model, source: sourceOf(model, state.values.sampling.weights), problem: null };
}
