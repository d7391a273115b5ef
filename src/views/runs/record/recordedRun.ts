import type { Settings } from '../../../settings/settings';
import type { TrainingState } from '../../../store/trainingState';
import { keptSample, withSample } from './keptSamples';
import type { Run, RunBody, RunFacts } from './run';
import { type SettingMark, settingDifferences, settingsAfter } from './settingDifferences';
import { rounded, thinnedLosses } from './thinnedLosses';
import { TrainingClock } from './trainingClock';

/** Losses by which a run is told from others. */
const HEAD = 32;

/** Where the model of a run came from: a new one, that of the last visit, or a file or checkpoint. */
export type RunOrigin = 'new' | 'restored' | 'opened';

/** What a run has reached at a moment. */
export type RunMeasures = Pick<RunFacts, 'step' | 'seconds' | 'loss' | 'heldOut' | 'diverged'>;

/** What a run is recorded from: the page's training, or that of the command line. */
export type RecordedTraining = Pick<TrainingState, 'step' | 'heldOutLosses' | 'lossByTime' | 'status'> & {
  losses: Pick<TrainingState['losses'], 'before' | 'length' | 'raw' | 'recentMean'>;
};

/** The part of a run that this visit has seen, in memory. */
export class RecordedRun {
  readonly clock = new TrainingClock();
  #settings: Settings;
  #marks: SettingMark[] = [];
  #samples: RunBody['samples'] = [];

  /** `begun`: the step at which this visit began to train it, with the settings `first`. */
  constructor(
    readonly origin: RunOrigin,
    readonly begun: number,
    readonly first: Settings,
  ) {
    this.#settings = first;
  }

  /** The settings with which the steps after `step` are taken. */
  takeSettings({ training }: Settings, step: number): void {
    if (training === this.#settings.training) return;
    const next = { ...this.first, training };
    this.#marks.push(...settingDifferences(this.#settings, next).map((one) => ({ ...one, step })));
    this.#settings = next;
  }

  keepSample(preview: NonNullable<TrainingState['preview']>): void {
    this.#samples = withSample(this.#samples, keptSample(preview)) as RunBody['samples'];
  }

  /** Its curves and samples at a moment. */
  body({ step, losses, heldOutLosses, lossByTime }: RecordedTraining): RunBody {
    return {
      head: losses.before === 0 ? Array.from(losses.raw.subarray(0, HEAD)) : [],
      losses: thinnedLosses(losses),
      heldOut: upTo(step, heldOutLosses).map((one) => ({ step: one.step, loss: rounded(one.loss) })),
      times: upTo(step, this.clock.times),
      lossByTime: lossByTime && Array.from(lossByTime, rounded),
      marks: upTo(step, this.#marks),
      samples: upTo(step, this.#samples),
    };
  }

  /** What it has reached at a moment. */
  measures({ step, losses, heldOutLosses, status }: RecordedTraining): RunMeasures {
    const loss = losses.recentMean(100);
    const heldOut = upTo(step, heldOutLosses).at(-1)?.loss ?? Number.NaN;
    return {
      step,
      seconds: upTo(step, this.clock.times).at(-1)?.seconds ?? 0,
      loss: Number.isFinite(loss) ? rounded(loss) : null,
      heldOut: Number.isFinite(heldOut) ? rounded(heldOut) : null,
      diverged: status === 'diverged',
    };
  }

  /** A body of this visit after what an earlier visit has kept of the same run. */
  continued(earlier: Run, body: RunBody): RunBody {
    const { begun } = this;
    const [times, marks, samples] = [
      upTo(begun, earlier.body.times),
      upTo(begun, earlier.body.marks),
      upTo(begun, earlier.body.samples),
    ];
    const offset = times.at(-1)?.seconds ?? 0;
    const before = settingsAfter(earlier.facts.settings, marks);
    const changed = settingDifferences(before, { ...before, training: this.first.training });
    return {
      ...body,
      times: [...times, ...body.times.map(({ step, seconds }) => ({ step, seconds: offset + seconds }))],
      marks: [...marks, ...changed.map((one) => ({ ...one, step: begun })), ...body.marks],
      samples: body.samples.reduce(withSample, samples) as RunBody['samples'],
      lossByTime: body.lossByTime ?? earlier.body.lossByTime,
    };
  }
}

/** Whether two runs begin with the same losses: then they are one run, or one branched from the other. */
export function beginsAs(head: readonly number[], other: readonly number[]): boolean {
  const common = Math.min(head.length, other.length);
  return (
    common > 0 &&
    head.slice(0, common).every((loss, i) => Math.fround(loss) === Math.fround(other[i] as number))
  );
}

function upTo<One extends { step: number }>(step: number, all: readonly One[]): One[] {
  return all.filter((one) => one.step <= step);
}
