import { newId } from '../../../store/checkpoints/checkpointStorage';
import { factsOf } from '../../../store/datasetFacts';
import type { KeptRun } from '../storage/runStorage';
import { beginsAs, type RecordedRun } from './recordedRun';
import type { RecordedPage, RecorderPlace } from './recorderPlace';
import type { Run, RunBody, RunFacts } from './run';
import { settingDifferences } from './settingDifferences';

/** Which run of the storage is being recorded. */
export interface RunIdentity {
  facts: RunFacts;
  /** What an earlier visit has kept of it. */
  earlier?: Run;
  /** Nothing of it is written yet. */
  isNew: boolean;
  /** Lets other tabs record it. */
  release(): void;
}

interface Asked {
  recorded: RecordedRun;
  body: RunBody;
  state: RecordedPage;
  /** What the name of a new run ends with. */
  words: string | null;
}

/** Finds the run of an earlier visit that goes on, unless another tab records it; else makes a new one. */
export async function identityOf(place: RecorderPlace, asked: Asked): Promise<RunIdentity> {
  // A storage that cannot be read refuses the write too, and that is said.
  const kept = await place.storage.list().catch((): KeptRun[] => []);
  const before = asked.recorded.origin === 'new' ? null : await sameBeginning(place, asked, kept);
  if (before && asked.recorded.origin === 'restored') {
    const release = await place.lock(before.facts.id).catch(() => null);
    if (release) return { facts: before.facts, earlier: before, isNew: false, release };
  }
  const facts = newFacts(asked, kept, before);
  const release = await place.lock(facts.id).catch(() => null);
  return { facts, isNew: true, release: release ?? (() => {}) };
}

/** The run that was written last of those that begin with the losses of this one. */
async function sameBeginning(
  { storage }: RecorderPlace,
  { recorded, body, state }: Asked,
  kept: readonly KeptRun[],
): Promise<Run | null> {
  const config = JSON.stringify(recorded.first.model);
  const candidates = kept
    .flatMap(({ facts, damage }) => (facts && damage === undefined ? [facts] : []))
    .filter(({ dataset, settings }) => dataset === state.training.dataset && sameJson(settings.model, config))
    .sort((a, b) => b.updatedAt - a.updatedAt);
  for (const facts of candidates) {
    const earlier = await storage.load(facts.id).catch(() => null);
    if (earlier && beginsAs(earlier.head, body.head.slice(0, recorded.begun)))
      return { facts, body: earlier };
  }
  return null;
}

function newFacts({ recorded, state, words }: Asked, kept: readonly KeptRun[], from: Run | null): RunFacts {
  const { training, session } = state;
  const { dataset, missingData, model } = training;
  const title = dataset === null ? (missingData ?? 'Unknown data') : factsOf(state, dataset).title;
  const last = kept.find(({ facts }) => facts?.dataset === dataset)?.facts;
  const numbers = kept.map(({ name }) => Number(/^.*? (\d+)(?:: |$)/.exec(name)?.[1] ?? 0));
  const number = 1 + Math.max(0, ...numbers.filter((one) => one < 1e6));
  return {
    id: newId(),
    name: `${title} ${number}${words ? `: ${words}` : ''}`,
    colour: (number - 1) % 6,
    pinned: false,
    startedAt: Date.now(),
    updatedAt: Date.now(),
    dataset,
    title,
    settings: recorded.first,
    differs: last ? settingDifferences(last.settings, recorded.first) : null,
    from: from && { name: from.facts.name, step: recorded.begun },
    step: recorded.begun,
    seconds: 0,
    loss: null,
    heldOut: null,
    parameters: model?.parameters ?? 0,
    backend: session.backend?.name ?? '',
    device: session.backend?.device ?? '',
    diverged: false,
    quality: [],
  };
}

/** Whether two configs are the same, whatever the order of their fields. */
function sameJson(one: object, other: string): boolean {
  const fields = JSON.parse(other) as Record<string, unknown>;
  return Object.entries(fields).every(
    ([name, value]) => JSON.stringify((one as Record<string, unknown>)[name]) === JSON.stringify(value),
  );
}
