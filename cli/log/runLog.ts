import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../../src/engine/data/dataset';
import type { Operations } from '../../src/engine/kernels/operations';
import type { TrainingState } from '../../src/engine/training/trainer';
import { comparisonFile, curvesJsonLines } from '../../src/views/runs/compare/files';
import { beginsAs, RecordedRun } from '../../src/views/runs/record/recordedRun';
import type { Run, RunFacts } from '../../src/views/runs/record/run';
import { thinnedLosses } from '../../src/views/runs/record/thinnedLosses';
import { HeldOutLosses } from '../../src/worker/heldOutLosses';
import { LossByTime } from '../../src/worker/lossByTime';
import { CommandError } from '../errors';
import { reasonOf } from '../files';
import { gridPng } from '../imageGrid';
import { writeBytes } from '../outputFiles';
import { drawnSamples } from './drawnSamples';
import { restartRecord, scalarsRecord, versionRecord } from './eventFile';
import { clearLog, cutLines, logFiles, readLoggedRun, samplesFile } from './logFolder';

/** Shortest time between two writes of the whole run. */
const WRITE_MS = 10_000;

/** What a log is made of. */
interface Logged {
  folder: string;
  /** Steps from a line to the next, and from samples and a held-out loss to the next. */
  every: number;
  samplesEvery: number;
  facts: RunFacts;
  state: TrainingState;
  operations: Operations;
  heldOut: Dataset;
  /** The losses of all steps that are known, up to the last one; they grow. */
  losses: number[];
  warn(text: string): void;
}

/** Writes the log of a run into a folder: what a kill leaves of it can be read, and where a disk refuses, training goes on. */
export class RunLog {
  readonly #logged: Logged;
  readonly #earlier: Run | null;
  readonly #recorded: RecordedRun;
  readonly #heldOut: HeldOutLosses;
  readonly #heldOutLosses: { step: number; loss: number }[];
  readonly #events: string;
  /** Steps before the first loss. */
  readonly #before: number;
  #lineStep: number;
  readonly #lossByTime = new LossByTime();
  #hasErrors = false;
  #writtenAt = 0;
  #refused = false;

  /** Begins a log, or goes on with that of the folder. Throws CommandError where that is of another run. */
  static async open(logged: Logged, goesOn: boolean): Promise<RunLog> {
    const { folder, state, losses } = logged;
    const earlier = goesOn ? await readLoggedRun(folder) : null;
    if (earlier && !(losses.length === state.step && beginsAs(earlier.body.head, losses)))
      throw new CommandError(
        `${folder} has the log of another run than the one that goes on. Choose another --log.`,
      );
    if (earlier) await cutLines(folder, state.step);
    else await clearLog(folder);
    const log = new RunLog(logged, earlier);
    await writeFile(log.#events, versionRecord(now()), { flag: 'a' });
    if (earlier) await appendFile(log.#events, restartRecord(now(), state.step + 1));
    await log.#write('training');
    return log;
  }

  private constructor(logged: Logged, earlier: Run | null) {
    const { folder, facts, state, operations, heldOut } = logged;
    this.#logged = logged;
    this.#earlier = earlier;
    this.#before = state.step - logged.losses.length;
    this.#lineStep = state.step;
    this.#recorded = new RecordedRun(earlier ? 'restored' : 'new', state.step, facts.settings);
    this.#heldOutLosses = earlier?.body.heldOut.filter(({ step }) => step <= state.step) ?? [];
    const { training } = facts.settings;
    this.#heldOut = new HeldOutLosses(state, operations, heldOut, this.#heldOutLosses, () => training);
    this.#events = join(folder, `events.out.tfevents.${Math.floor(now())}.ddpm.${process.pid}`);
    this.#recorded.clock.tick(performance.now(), true);
    this.#recorded.clock.note(state.step);
  }

  isDue(step: number): boolean {
    const { every, samplesEvery } = this.#logged;
    return step % every === 0 || step % samplesEvery === 0;
  }

  /** Takes the squared errors of a batch, each at its t. */
  takeErrors(t: Float32Array, errors: Float32Array): void {
    this.#lossByTime.add(t, errors, this.#logged.state.config.nSteps);
    this.#hasErrors = true;
  }

  /** Notes the steps since the last line, whose losses are known. `end`: nothing follows, or only after a resume. */
  async record(end?: 'finished' | 'interrupted'): Promise<void> {
    const { state, samplesEvery } = this.#logged;
    const { clock } = this.#recorded;
    clock.tick(performance.now(), true);
    clock.note(state.step);
    if (end === 'finished' || (!end && state.step % samplesEvery === 0)) {
      if (this.#heldOut.canMeasure) await this.#heldOut.measure();
      await this.#drawSamples();
      // The time of these is none of training.
      clock.tick(performance.now(), false);
      clock.tick(performance.now(), true);
    }
    await this.#trying(() => this.#appendLine());
    if (end || performance.now() - this.#writtenAt > WRITE_MS)
      await this.#write(end === 'finished' ? 'finished' : 'training');
  }

  /** The loss or the state is no number any more. */
  async diverge(): Promise<void> {
    await this.#write('diverged');
  }

  /** The run as it stands, with its last losses: all of them, or those that a line is about. */
  #run(status: 'training' | 'finished' | 'diverged', losses = this.#logged.losses): Run {
    const { facts } = this.#logged;
    // After a step whose loss is no number, the state is ahead of the losses.
    const step = this.#before + this.#logged.losses.length;
    const training = {
      step,
      status,
      heldOutLosses: this.#heldOutLosses,
      lossByTime: this.#hasErrors ? this.#lossByTime.means : null,
      losses: {
        before: step - losses.length,
        length: step,
        raw: Float32Array.from(losses),
        recentMean: (count: number) => mean(losses.slice(-count)),
      },
    };
    const body = this.#recorded.body(training);
    const whole = this.#earlier ? this.#recorded.continued(this.#earlier, body) : body;
    const seconds = whole.times.at(-1)?.seconds ?? 0;
    const known = this.#earlier
      ? { ...this.#earlier.facts, backend: facts.backend, device: facts.device }
      : facts;
    return {
      facts: { ...known, ...this.#recorded.measures(training), seconds, updatedAt: Date.now() },
      body: whole,
    };
  }

  async #write(status: 'training' | 'finished' | 'diverged'): Promise<void> {
    const file = comparisonFile([this.#run(status)]);
    await this.#trying(() =>
      writeBytes(join(this.#logged.folder, logFiles.run), new TextEncoder().encode(file)),
    );
    this.#writtenAt = performance.now();
  }

  /** A line, and an event, with the mean of the losses since the last ones. */
  async #appendLine(): Promise<void> {
    const { folder, losses, state } = this.#logged;
    const { step } = state;
    const count = step - this.#lineStep;
    if (count === 0) return;
    this.#lineStep = step;
    const last = losses.slice(-count);
    const run = this.#run('training', last);
    const raw = Float32Array.from(last);
    const heldOut = run.body.heldOut.filter((one) => one.step === step);
    const body = {
      ...run.body,
      losses: thinnedLosses({ before: step - count, length: step, raw }, 1),
      heldOut,
    };
    await appendFile(join(folder, logFiles.lines), curvesJsonLines([{ ...run, body }]));
    const scalars = {
      'loss/training': body.losses.mean[0] as number,
      ...(heldOut[0] && { 'loss/held-out': heldOut[0].loss }),
    };
    await appendFile(this.#events, scalarsRecord(now(), step, scalars));
  }

  async #drawSamples(): Promise<void> {
    const { state, operations, facts, folder } = this.#logged;
    const { step, config } = state;
    const samples = await drawnSamples(state, operations, facts.settings.training.preview);
    this.#recorded.keepSample({ step, ...samples, nClasses: config.nClasses });
    const path = join(folder, logFiles.samples, samplesFile(step));
    await this.#trying(() => writeBytes(path, gridPng(samples)));
  }

  /** Says once that a log is not written, and when it is again. */
  async #trying(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      if (this.#refused) this.#logged.warn('The log is written again.');
      this.#refused = false;
    } catch (error) {
      if (!this.#refused)
        this.#logged.warn(`The log in ${this.#logged.folder} cannot be written: ${reasonOf(error)}.`);
      this.#refused = true;
    }
  }
}

function mean(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Seconds since 1970. */
function now(): number {
  return Date.now() / 1000;
}
