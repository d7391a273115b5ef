import { factsOf } from './datasetFacts';
import {
  type ModelNeeds,
  type ModelOrigin,
  modelOf,
  modelOrigins,
  type SampledModel,
  sampledOrigin,
} from './sampledModel';
import type { SessionState } from './sessionSlice';

/** The models that have learned the classes of the data set on the page. */
export function classOrigins(state: ModelNeeds): ModelOrigin[] {
  const { classNames } = factsOf(state, state.settings.dataset);
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
export function classProblem(
  state: ModelNeeds & { session: Pick<SessionState, 'status' | 'problem'> },
): string | null {
  if (state.session.status === 'failed') return state.session.problem ?? 'The engine did not start.';
  if (state.session.status === 'starting') return 'The engine is starting.';
  if (classModel(state)) return null;
  const { title } = factsOf(state, state.settings.dataset);
  return `No model has learned the classes of ${title} yet.`;
}
