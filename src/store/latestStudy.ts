import type { AnyStudy, ReportOf, RequestOf, ResultOf } from '../engine/study/study';
import type { EngineApi, ModelSource } from '../worker/protocol';

/** One without `recall` has no stored answers. */
export type StudyEngine = Pick<EngineApi, 'study'> & Partial<Pick<EngineApi, 'recall'>>;

/**
 * Asks the engine one study at a time. A newer question ends the one under way at its next report and waits for that alone;
 * those that still wait behind it are never asked.
 */
export class LatestStudy<Asked extends AnyStudy> {
  readonly #engine: StudyEngine;
  readonly #name: string;
  #questions = 0;
  #stopped = 0;
  #ended = 0;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(engine: StudyEngine, name: string) {
    this.#engine = engine;
    this.#name = name;
  }

  /**
   * What `hear` promises is waited for before the study goes on. The answer; none where a newer question took its place, or
   * `stop`. Then errors of this one are nobody's concern.
   */
  async ask(
    source: ModelSource,
    request: RequestOf<Asked>,
    hear: (report: ReportOf<Asked>) => unknown,
  ): Promise<ResultOf<Asked> | undefined> {
    const question = ++this.#questions;
    const isLatest = () => question === this.#questions;
    const goesOn = () => isLatest() && question !== this.#ended;
    const listen = (report: ReportOf<Asked>) => {
      const heard = isLatest() ? hear(report) : undefined;
      return heard instanceof Promise ? heard.then(goesOn) : goesOn();
    };
    const result = await this.#answer(question, source, request, listen);
    return isLatest() ? result : undefined;
  }

  /**
   * For a study without reports, about a value that keeps changing: an answer counts although a newer question waits, so that
   * answers come however quickly the questions do. None where the question was skipped, or after `stop`.
   */
  async follow(source: ModelSource, request: RequestOf<Asked>): Promise<ResultOf<Asked> | undefined> {
    const question = ++this.#questions;
    const result = await this.#answer(question, source, request);
    return question > this.#stopped ? result : undefined;
  }

  /** Ends the study under way at its next report; what it has by then is its answer. */
  end(): void {
    this.#ended = this.#questions;
  }

  /** Ends the study under way at its next report; it has no answer. */
  stop(): void {
    this.#stopped = ++this.#questions;
  }

  async #answer(
    question: number,
    source: ModelSource,
    request: RequestOf<Asked>,
    listen?: (report: ReportOf<Asked>) => boolean | Promise<boolean>,
  ): Promise<ResultOf<Asked> | undefined> {
    const answer = this.#underWay.then(() =>
      question === this.#questions
        ? this.#engine.study<Asked>(this.#name, source, request, listen)
        : undefined,
    );
    this.#underWay = answer.catch(() => {});
    try {
      return await answer;
    } catch (error) {
      if (question === this.#questions) throw error;
      return undefined;
    }
  }
}
