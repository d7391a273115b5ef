import { checkDistillation, DistillationError } from '../../engine/distillation/checks';
import { problemsOf } from '../../settings/group';
import { memoryProblem } from '../../settings/settingsProblems';
import { type EditingNeeds, editingProblem } from '../../store/editing';
import { contextOf } from '../../store/readiness';
import { sampledModel } from '../../store/sampledModel';
import { type PageValues, type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { distillationGroup } from './settings';

/** The parts of the store that decide whether a model can be distilled, and which. */
export type DistillationNeeds = ValuesSlice & EditingNeeds & { values: PageValues };

/** What is wrong with the settings for the model that is asked: a message by path; empty where all is well. */
export function fieldProblems(state: DistillationNeeds): Record<string, string> {
  const model = sampledModel(state);
  const values = valuesOf(state, distillationGroup);
  const nSteps = model?.config.nSteps;
  const problems = problemsOf(distillationGroup, values, contextOf(state, nSteps));
  try {
    checkDistillation(values, nSteps);
  } catch (error) {
    if (!(error instanceof DistillationError)) throw error;
    problems[error.field] ??= error.message;
  }
  return problems;
}

/** Why no model can be distilled now; null where one can. */
export function distillationProblem(state: DistillationNeeds): string | null {
  const model = sampledModel(state);
  const problem = editingProblem(state) ?? Object.values(fieldProblems(state))[0];
  if (problem !== undefined || !model) return problem ?? 'There is no model yet.';
  const { batchSize } = valuesOf(state, distillationGroup);
  return memoryProblem(model.config, batchSize, state.session.backend?.name ?? null);
}
