import type { ModelSource } from '../worker/protocol';
import { type EditingNeeds, editingProblem } from './editing';
import { type SampledModel, sampledModel, sourceOf } from './sampledModel';

export interface Studied {
  model: SampledModel;
  source: ModelSource;
  problem: null;
}

/** The model that a study is asked about, or why none can be asked now. */
export type StudiedModel = Studied | { model: null; source: null; problem: string };

/** The model of the next run, or another one, with the images of the data set. */
export function studiedModel(state: EditingNeeds, model = sampledModel(state)): StudiedModel {
  const problem = editingProblem(state, model);
  if (!model || problem) return { model: null, source: null, problem: problem ?? 'There is no model yet.' };
  return { model, source: sourceOf(model, state.values.sampling.weights), problem: null };
}
