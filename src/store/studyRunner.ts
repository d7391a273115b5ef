import { messageOf } from '../engine/messageOf';
import type { ShippedModelId } from '../engine/models/shippedModels';
import type { AnyStudy, ReportOf, RequestOf, ResultOf } from '../engine/study/study';
import type { ModelSource } from '../worker/protocol';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { StepRate } from './samplingPace';

/** For each runner: changes with every report; null where its study does not run, or is paused. */
export const studyProgress = new Set<() => string | null>();

export type StudyStatus = 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** How far a study is. */
export interface StudyRun {
  status: StudyStatus;
  /** Pieces of work that are done, of all; 0 of 0 before the first report. */
  done: number;
  total: number;
  /** At the rate of the last seconds; null before that is known. */
  secondsLeft: number | null;
  /** For the user; what was there before stays. */
  problem: string | null;
  /** The model that ships of which the run was; null for the user's own, and before the first run. */
  shipped: ShippedModelId | null;
  /** Whether the answer was measured in advance. */
  stored: boolean;
}

export const idleRun: StudyRun = {
  status: 'idle',
  done: 0,
  total: 0,
  secondsLeft: null,
  problem: null,
  shipped: null,
  stored: false,
};

/** A question to a study, and what a view does with what it hears. */
export interface StudyQuestion<Asked extends AnyStudy, State> {
  source: ModelSource;
  request: RequestOf<Asked>;
  /** Leaves the run's state as it is, unless it fails: for what is drawn ahead. */
  quiet?: true;
  /** The view's own state when the run begins. */
  begin?: Partial<State>;
  progress?(report: ReportOf<Asked>): Pick<StudyRun, 'done' | 'total'>;
  /** Called with every report, at once. */
  hear?(report: ReportOf<Asked>): void;
  /** What the view shows of the newest report, at most once a frame. */
  show?(report: ReportOf<Asked>): Partial<State>;
  /** What comes of the result; null where the study ended early. */
  finish(result: ResultOf<Asked>): Partial<State> | null;
}

/** Whether a study is under way. */
export function isRunning({ status }: Pick<StudyRun, 'status'>): boolean {
  return status === 'running' || status === 'paused';
}

/**
 * The life of a view's study: one at a time, the newest question wins; it can be paused between two reports and stopped.
 * `change` puts a part of the view's state in place, `getStatus` reads its status.
 */
export class StudyRunner<Asked extends AnyStudy, State extends StudyRun> {
  readonly #engine: StudyEngine;
  readonly #name: string;
  readonly #latest: LatestStudy<Asked>;
  readonly #change: (state: Partial<State>) => void;
  readonly #getStatus: () => StudyStatus;
  readonly #showsStored: () => boolean;
  readonly #rate = new StepRate();
  #runs = 0;
  #reports = 0;
  #total = 0;
  #release: () => void = () => {};

  constructor(
    engine: StudyEngine,
    name: string,
    { getState, setState }: { getState(): State; setState(state: Partial<State>): void },
  ) {
    this.#engine = engine;
    this.#name = name;
    this.#latest = new LatestStudy<Asked>(engine, name);
    this.#change = (state) => setState(state);
    this.#getStatus = () => getState().status;
    this.#showsStored = () => getState().stored;
    studyProgress.add(() =>
      this.#getStatus() === 'running' ? `${name} ${this.#runs} ${this.#reports}` : null,
    );
  }

  /**
   * Asks, or says why nothing can be asked. Resolves when the answer is there, or another question has taken its place. Errors
   * become the run's problem.
   */
  async ask(question: StudyQuestion<Asked, State> | string): Promise<void> {
    if (typeof question === 'string') return this.refuse(question);
    const { source, request, quiet, begin, progress, hear, show, finish } = question;
    const run = ++this.#runs;
    this.#release();
    this.#rate.reset();
    const shipped = shippedOf(source);
    if (!quiet) this.#change({ ...idleRun, ...begin, status: 'running', shipped } as Partial<State>);
    const showNewest = oncePerFrame((report: ReportOf<Asked>) => {
      if (run !== this.#runs || !isRunning({ status: this.#getStatus() })) return;
      this.#change(show?.(report) as Partial<State>);
    });
    try {
      const result = await this.#latest.ask(source, request, (report) => {
        if (run !== this.#runs) return;
        this.#reports++;
        if (progress) this.#tell(progress(report));
        hear?.(report);
        if (show) showNewest(report);
        if (this.#getStatus() !== 'paused') return;
        return new Promise<void>((resolve) => {
          this.#release = resolve;
        });
      });
      if (run !== this.#runs || result === undefined) return;
      const finished = finish(result);
      const ended = { status: finished ? 'finished' : 'stopped', secondsLeft: null };
      this.#change({ ...finished, ...(!quiet && ended) } as Partial<State>);
    } catch (error) {
      if (run !== this.#runs) return;
      this.#change({ status: 'failed', secondsLeft: null, problem: messageOf(error) } as Partial<State>);
    }
  }

  /**
   * Shows the answer that was measured in advance to this question about a model that ships. Where there is none, that of
   * another model goes, and the rest stays. Changes nothing while a run is under way.
   */
  async recall(question: StudyQuestion<Asked, State> | string): Promise<void> {
    if (typeof question === 'string') return;
    const { source, request, begin, progress, hear, finish } = question;
    const shipped = shippedOf(source);
    if (!shipped || isRunning({ status: this.#getStatus() })) return;
    const run = ++this.#runs;
    // Without the file nothing is shown: the same can be measured here.
    const answer = await this.#engine.recall?.<Asked>(this.#name, shipped, request).catch(() => undefined);
    if (run !== this.#runs) return;
    if (!answer) {
      if (this.#showsStored()) this.#change({ ...idleRun, ...begin } as Partial<State>);
      return;
    }
    this.#change({ ...idleRun, ...begin, shipped, stored: true } as Partial<State>);
    for (const report of answer.reports) hear?.(report);
    const last = answer.reports.at(-1);
    const counted = last !== undefined && progress ? progress(last) : {};
    this.#change({ ...counted, ...finish(answer.result), status: 'finished' } as Partial<State>);
  }

  /** Says why nothing can be asked. */
  refuse(problem: string): void {
    this.#change({ problem } as Partial<State>);
  }

  pause(): void {
    if (this.#getStatus() === 'running') this.#change({ status: 'paused' } as Partial<State>);
  }

  resume(): void {
    if (this.#getStatus() !== 'paused') return;
    this.#rate.reset();
    this.#change({ status: 'running' } as Partial<State>);
    this.#release();
  }

  /** Ends the study under way early, with what it has. */
  end(): void {
    if (!isRunning({ status: this.#getStatus() })) return;
    this.#latest.end();
    this.resume();
  }

  /** Ends the study under way; what it would have answered is lost. */
  stop(): void {
    if (!isRunning({ status: this.#getStatus() })) return;
    this.#runs++;
    this.#latest.stop();
    this.#release();
    this.#change({ status: 'stopped', secondsLeft: null } as Partial<State>);
  }

  #tell({ done, total }: Pick<StudyRun, 'done' | 'total'>): void {
    // Another kind of work has another rate.
    if (total !== this.#total) this.#rate.reset();
    this.#total = total;
    const perSecond = this.#rate.at(done);
    const secondsLeft = perSecond ? (total - done) / perSecond : null;
    this.#change({ done, total, secondsLeft } as Partial<State>);
  }
}

function shippedOf(source: ModelSource): ShippedModelId | null {
  return 'shipped' in source ? source.shipped : null;
}
