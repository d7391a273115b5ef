import type { EngineApi, ModelSource } from '../worker/protocol';
import type { StudyName, StudyReport, StudyRequest, StudyResult } from '../worker/studies/studies';

export type StudyEngine = Pick<EngineApi, 'study'>;

/**
 * Asks the engine one study at a time. A newer question ends the one under way at its next report and waits for that alone;
 * those that still wait behind it are never asked.
 */
export class LatestStudy<Name extends StudyName> {
  readonly #engine: StudyEngine;
  readonly #name: Name;
  #questions = 0;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(engine: StudyEngine, name: Name) {
    this.#engine = engine;
    this.#name = name;
  }

  /**
   * What `hear` promises is waited for before the study goes on. The answer; none where a newer question took its place, or `stop`. Then errors of this one are
   * nobody's concern.
   */
  async ask(
    source: ModelSource,
    request: StudyRequest<Name>,
    hear: (report: StudyReport<Name>) => unknown,
  ): Promise<StudyResult<Name> | undefined> {
    const question = ++this.#questions;
    const isLatest = () => question === this.#questions;
    const listen = (report: StudyReport<Name>) => {
      const heard = isLatest() ? hear(report) : undefined;
      return heard instanceof Promise ? heard.then(isLatest) : isLatest();
    };
    const answer = this.#underWay.then(() =>
      isLatest() ? this.#engine.study(this.#name, source, request, listen) : undefined,
    );
    this.#underWay = answer.catch(() => {});
    try {
      const result = await answer;
      return isLatest() ? result : undefined;
    } catch (error) {
      if (isLatest()) throw error;
      return undefined;
    }
  }

  /** Ends the study under way at its next report. */
  stop(): void {
    this.#questions++;
  }
}
