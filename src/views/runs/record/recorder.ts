import { messageOf } from '../../../engine/messageOf';
import { runProblems } from '../../../settings/settingsProblems';
import { contextOf } from '../../../store/readiness';
import { hasTrained, isTraining } from '../../../store/trainingState';
import { keptQuality } from './keptQuality';
import { RecordedRun, type RunOrigin } from './recordedRun';
import type { RecordedPage, RecorderPlace } from './recorderPlace';
import type { Run, RunQuality } from './run';
import { identityOf, type RunIdentity } from './runIdentity';

/** A larger checkpoint is not kept with its run: a few would take all the room that a browser gives. */
const LARGEST_CHECKPOINT = 64 * 2 ** 20;

/** Writes one after the other. */
export interface WriteChain {
  writing: Promise<void>;
}

/** After a pause with fewer steps the checkpoint is not kept anew: single steps would write all the time. */
const LEAST_STEPS = 2;

/** A run under way, with what the storage knows of it from the first write on. */
interface Current {
  recorded: RecordedRun;
  /** What its name ends with, where it is a new one. */
  words: string | null;
  identity?: RunIdentity;
  /** As it was written last. */
  last?: Run;
  /** The step of the checkpoint that is kept with it. */
  checkpointStep?: number;
  /** It was deleted: nothing more is written. */
  isGone?: boolean;
}

/** Keeps every training run of the page: writes a few seconds after a change, and when a run stops. */
export class RunRecorder {
  readonly #place: RecorderPlace;
  #origin: RunOrigin = 'new';
  #current: Current | null = null;
  #startedAt = 0;
  #startedStep = 0;
  #cancel: (() => void) | null = null;
  readonly #chain: WriteChain;
  /** What a run gets when it stops. */
  #finishing: Promise<void> = Promise.resolve();
  #nextName: string | null = null;

  /** Recorders that write to the same runs share the chain: each must see what the other has written. */
  constructor(place: RecorderPlace, chain: WriteChain = { writing: Promise.resolve() }) {
    this.#place = place;
    this.#chain = chain;
    place.core.subscribe((state, before) => {
      if (state.training !== before.training) this.#hear(state, before);
    });
    place.measured.subscribe(({ model, point }) => {
      const state = place.core.getState();
      if (point && this.#current && state.training.model === model)
        this.#keepQuality(this.#current, keptQuality(point), state);
    });
  }

  /** Says what the name of the next new run ends with. */
  nameNext(words: string): void {
    this.#nextName = words;
  }

  /** Resolves when all that was heard so far is written, or refused. */
  written(): Promise<void> {
    return this.#chain.writing;
  }

  /** Keeps the model as it is now with its run, before another takes its place. */
  async keepCheckpoint(): Promise<void> {
    await this.#finishing;
    const { step } = this.#place.core.getState().training;
    if (this.#current && this.#current.checkpointStep !== step) await this.#keepCheckpoint(this.#current);
  }

  #hear(state: RecordedPage, before: RecordedPage): void {
    const { training } = state;
    const [now, was] = [isTraining(training), isTraining(before.training)];
    if (now && !was) [this.#startedAt, this.#startedStep] = [this.#place.now(), before.training.step];
    if (training.model !== before.training.model) {
      this.#end(before);
      this.#origin = training.isRestoring ? 'restored' : hasTrained(training) ? 'opened' : 'new';
    }
    const advanced = training.model === before.training.model && training.step > before.training.step;
    if (advanced && now) this.#take(state, before);
    const current = this.#current;
    if (!current) return;
    const { clock } = current.recorded;
    clock.tick(this.#place.now(), now);
    if (advanced) clock.note(training.step);
    const { preview } = training;
    if (preview && preview !== before.training.preview) current.recorded.keepSample(preview);
    if (was && !now) {
      this.#write(current, state);
      if (training.status === 'finished' || training.status === 'diverged')
        this.#finishing = this.#finish(current, state);
      else if (training.status === 'paused' && training.step - this.#startedStep >= LEAST_STEPS)
        this.#finishing = this.#keepCheckpoint(current);
    } else this.#cancel ??= this.#place.later(() => this.#write(current, this.#place.core.getState()));
  }

  /** Steps were taken: a run begins, or goes on with the settings of now. */
  #take(state: RecordedPage, { training }: RecordedPage): void {
    const { settings } = state.values;
    const { step, model } = training;
    if (!this.#current && model) {
      const recorded = new RecordedRun(this.#origin, step, { ...settings, model: model.config });
      recorded.clock.tick(this.#startedAt, true);
      recorded.clock.note(step);
      this.#current = { recorded, words: this.#nextName };
      this.#nextName = null;
    }
    // The engine refuses settings that are not sound, and goes on with those before.
    if (Object.keys(runProblems(settings, contextOf(state))).length === 0)
      this.#current?.recorded.takeSettings(settings, step);
  }

  #end(before: RecordedPage): void {
    const current = this.#current;
    if (!current) return;
    this.#write(current, before);
    this.#current = null;
    this.#chain.writing = this.#chain.writing.then(() => current.identity?.release());
  }

  /** Writes a run as it stands; what it is made of is read at once, since it changes. */
  #write(current: Current, state: RecordedPage): void {
    this.#cancel?.();
    this.#cancel = null;
    const { recorded, words } = current;
    const [body, measures] = [recorded.body(state.training), recorded.measures(state.training)];
    this.#chain.writing = this.#chain.writing.then(async () => {
      if (current.isGone) return;
      current.identity ??= await identityOf(this.#place, { recorded, body, state, words });
      const { identity } = current;
      const whole = identity.earlier ? recorded.continued(identity.earlier, body) : body;
      const seconds = whole.times.at(-1)?.seconds ?? 0;
      const facts = { ...identity.facts, ...measures, seconds, updatedAt: Date.now() };
      const run = { facts, body: whole };
      try {
        current.isGone = !(await this.#place.storage.save(facts, whole, identity.isNew));
        identity.isNew = false;
        current.last = run;
        if (!current.isGone) this.#place.tell(run, null);
      } catch (error) {
        this.#place.tell(run, messageOf(error));
      }
    });
  }

  /** Once the run itself is written, what was measured of it is added. */
  #keepQuality(current: Current, quality: RunQuality, state: RecordedPage): void {
    this.#write(current, state);
    this.#chain.writing = this.#chain.writing.then(async () => {
      const { identity, last } = current;
      if (!identity || !last || current.isGone) return;
      try {
        await this.#place.storage.addQuality(identity.facts.id, quality);
        this.#place.tell(last, null);
      } catch (error) {
        this.#place.tell(last, messageOf(error));
      }
    });
  }

  /** Keeps a bundle of the run that is recorded now, once that is written, in place of the one before. Rejects where there is no room. */
  async keepBundle(bytes: Uint8Array, step: number): Promise<void> {
    await this.#chain.writing;
    const current = this.#current;
    if (!current?.last || current.isGone) return;
    const { last } = current;
    await this.#place.storage.keepCheckpoint(last.facts.id, step, bytes);
    current.checkpointStep = step;
    this.#place.tell({ ...last }, null);
  }

  /** Samples of the last step, which the engine leaves out after a short run, and the checkpoint. */
  async #finish(current: Current, { training, values }: RecordedPage): Promise<void> {
    const { preview, model, step } = training;
    if (preview?.step !== step && model) {
      const settings = values.settings.training.preview;
      const { imageSize: size, imageChannels: channels, nClasses } = model.config;
      const images = await this.#place.engine.drawPreview(settings).catch(() => null);
      const now = this.#place.core.getState();
      if (images && now.training.model === model && now.training.step === step) {
        current.recorded.keepSample({ step, images, count: settings.count, size, channels, nClasses });
        this.#write(current, now);
      }
    }
    await this.#keepCheckpoint(current);
  }

  async #keepCheckpoint(current: Current): Promise<void> {
    const { training } = this.#place.core.getState();
    try {
      const { bytes, step } = await this.#place.engine.exportModel({ kind: 'bundle' });
      // Another model may have taken its place meanwhile.
      if (bytes.length > LARGEST_CHECKPOINT || step !== training.step) return;
      current.checkpointStep = step;
      this.#chain.writing = this.#chain.writing.then(async () => {
        const { last, isGone } = current;
        if (!last || isGone) return;
        // Where there is no room for it, the run is kept without.
        await this.#place.storage.keepCheckpoint(last.facts.id, step, bytes).catch(() => {});
        this.#place.tell({ ...last }, null);
      });
      await this.#chain.writing;
    } catch {
      // The engine has failed, and says so itself.
    }
  }
}
