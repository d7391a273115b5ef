import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DatasetId } from '../../../engine/data/datasets';
import { formatBytes } from '../../../engine/formatBytes';
import { memoryEstimate, memoryLimit } from '../../../engine/unet/size';
import type { SettingContext } from '../../../settings/setting';
import type { Settings } from '../../../settings/settings';
import { settingsProblems } from '../../../settings/settingsProblems';
import { type FactsNeeds, isGone, isKnown } from '../../../store/datasetFacts';
import { contextOf } from '../../../store/readiness';
import type { SessionState } from '../../../store/sessionState';
import type { PageValues } from '../../../store/valuesSlice';
import type { RunFacts } from '../record/run';
import { type Choice, choiceOf, type GridRun, gridOf, MOST_VALUES, otherValue } from './grid';

/** Settings that a grid starts from, and their data set. */
export interface Base {
  dataset: DatasetId;
  settings: Settings;
}

export interface PlanState {
  /** The run whose settings are taken; null for those of the page. */
  from: RunFacts | null;
  choices: readonly Choice[];
  /** Training steps of each run. */
  steps: number;
  /** Whether two runs train at a time, in turns of one step. */
  inTurns: boolean;
  /** "The same with …": begins with one value of one setting of a run, or (null) with the settings of the page. */
  begin(from: RunFacts | null): void;
  /** Changes which setting has a place in the grid; null leaves the place empty. */
  choose(place: number, path: string | null): void;
  setValue(place: number, index: number, value: unknown): void;
  addValue(place: number): void;
  removeValue(place: number, index: number): void;
  setSteps(steps: number): void;
  setInTurns(inTurns: boolean): void;
}

export type PlanPage = FactsNeeds & { session: SessionState; values: Pick<PageValues, 'data' | 'settings'> };

/** The settings that a plan starts from. */
export function baseOf({ from }: Pick<PlanState, 'from'>, { values }: PlanPage): Base {
  if (from && from.dataset !== null) return { dataset: from.dataset, settings: from.settings };
  return { dataset: values.data.dataset, settings: values.settings };
}

/** The runs of a plan, and why they cannot be trained here; null where they can. */
export function plannedRuns(
  plan: Pick<PlanState, 'from' | 'choices' | 'steps' | 'inTurns'>,
  page: PlanPage,
): { base: Base; runs: GridRun[]; problem: string | null } {
  const base = baseOf(plan, page);
  const runs = gridOf(base.settings, plan.choices, plan.steps);
  const problem =
    !isKnown(page, base.dataset) || isGone(page, base.dataset)
      ? 'The data set of this run is not in this browser.'
      : (firstProblem(runs, base, page) ?? (plan.inTurns ? pairProblem(runs, page) : null));
  return { base, runs, problem };
}

function firstProblem(runs: readonly GridRun[], base: Base, page: PlanPage): string | null {
  const backend = page.session.backend?.name ?? null;
  for (const { settings, words } of runs) {
    const [message] = Object.values(settingsProblems(settings, { context: contextAt(base, page), backend }));
    if (message !== undefined) return `With ${words || 'these settings'}: ${message}`;
  }
  return null;
}

/** Why two of the runs cannot train in turns: the memory of both must fit. */
function pairProblem(runs: readonly GridRun[], page: PlanPage): string | null {
  const backend = page.session.backend?.name;
  if (!backend) return null;
  const limit = memoryLimit(backend);
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const pair = runs.slice(i, i + 2);
    const total = pair.reduce(
      (sum, { settings }) => sum + memoryEstimate(settings.model, settings.training.batchSize).total,
      0,
    );
    if (total > limit)
      return (
        `In turns, “${pair[0]?.words}” and “${pair[1]?.words}” take about ${formatBytes(total)} together, and there are ` +
        `${formatBytes(limit)}. Train one after the other, or take fewer channels.`
      );
  }
  return null;
}

/** What limits the settings of a plan. */
export function contextAt({ dataset, settings }: Base, page: PlanPage): SettingContext {
  return contextOf({ ...page, values: { ...page.values, data: { dataset }, settings } });
}

/** What is to be trained again, while it is put together. */
export function createPlan(page: Pick<StoreApi<PlanPage>, 'getState'>) {
  return createStore<PlanState>()((set, get) => {
    const base = () => baseOf(get(), page.getState());
    const context = () => contextAt(base(), page.getState());
    const fresh = (path: string) => choiceOf(path, base().settings, context());
    const change = (place: number, of: (choice: Choice) => readonly unknown[]) =>
      set({
        choices: get().choices.map((choice, i) => (i === place ? { ...choice, values: of(choice) } : choice)),
      });
    return {
      from: null,
      choices: [],
      steps: 500,
      inTurns: false,

      begin(from) {
        set({ from });
        const path = get().choices[0]?.path ?? 'training.learningRate';
        const { values } = fresh(path);
        set({
          choices: [{ path, values: from ? values.slice(1) : values }],
          steps: from ? Math.max(1, from.step) : get().steps,
        });
      },

      choose(place, path) {
        const others = get().choices.slice(0, place);
        set({
          choices: path === null ? others : [...others, fresh(path), ...get().choices.slice(place + 1)],
        });
      },

      setValue: (place, index, value) =>
        change(place, ({ values }) => values.map((one, i) => (i === index ? value : one))),

      addValue: (place) =>
        change(place, ({ path, values }) =>
          values.length >= MOST_VALUES ? values : [...values, otherValue(path, values, context())],
        ),

      removeValue: (place, index) =>
        change(place, ({ values }) => (values.length > 1 ? values.filter((_, i) => i !== index) : values)),

      setSteps: (steps) => set({ steps }),
      setInTurns: (inTurns) => set({ inTurns }),
    };
  });
}
