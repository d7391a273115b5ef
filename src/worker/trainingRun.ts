import type { Operations } from '../engine/kernels/operations';
import { isSound } from '../engine/training/snapshot';
import { type BatchSource, type TrainingState, type TrainingStep, train } from '../engine/training/trainer';
import type { FairTurns } from './fairTurns';
import type { HeldOutLosses } from './heldOutLosses';
import type { Losses } from './losses';
import { Preview } from './preview';
import { ProgressReports } from './progressReports';
import type { TrainingEnd, TrainingEvent, TrainingSettings } from './protocol';
import { SoundCopy } from './soundCopy';

/** Steps whose loss may still be on its way from a GPU. */
const IN_FLIGHT = 4;
/** A run that took less than this ends without a preview of its own. */
const PREVIEW_AFTER_MS = 1000;

/** What a run trains, and with what. */
export interface TrainingMeans {
  state: TrainingState;
  /** Of every step that the state has taken. */
  losses: Losses;
  operations: Operations;
  source: BatchSource;
  heldOut: HeldOutLosses;
  turns: FairTurns<'training' | 'sampling'>;
  /** Throws where what the backend computes can be trusted no longer. */
  checkBackend(): void;
  /** Whether it is time to save; then `save` is called between two steps, all losses being there. */
  saveIsDue(): boolean;
  save(): Promise<void>;
}

/** One run of training, from where the model stands to the step that the settings name, or to a pause. */
export class TrainingRun {
  #settings: TrainingSettings;
  #listen: (event: TrainingEvent) => unknown;
  #paused = false;
  /** Resolve when the loss of their step has arrived, in the order of the steps. */
  #inFlight: Promise<void>[] = [];
  /** The first step whose loss is not finite. */
  #failed: { step: number; loss: number } | undefined;

  /** Throws for settings that cannot be used; the message names the limit. */
  constructor(settings: TrainingSettings, listen: (event: TrainingEvent) => unknown) {
    checkRunSettings(settings);
    this.#settings = settings;
    this.#listen = listen;
  }

  /** Ends the run after the step under way. */
  pause(): void {
    this.#paused = true;
  }

  /**
   * The same run for another backend; it is paused where this one is. This one tells no more: what it computes is not
   * true.
   */
  successor(): TrainingRun {
    const next = new TrainingRun(this.#settings, this.#listen);
    next.#paused = this.#paused;
    this.#listen = () => {};
    return next;
  }

  /** Trains. Where a loss is no number, the state goes back to the last copy that was sound, and the losses with it. */
  async run(means: TrainingMeans): Promise<TrainingEnd> {
    const { state, operations, source, losses, turns, heldOut } = means;
    const target = this.#settings.steps;
    const begun = performance.now();
    const steps = train(state, operations, source, () => this.#settings);
    const preview = new Preview(state, operations, this.#settings.preview);
    const reports = new ProgressReports(losses, this.#settings, (event) => this.#listen(event));
    const takeStep = () => turns.take('training', () => this.#step(steps, means));
    const proveStep = async () => {
      await takeStep();
      return this.#allArrived();
    };
    const goesOn = () => !this.#paused && !this.#failed && state.step < target;
    if (!goesOn()) return { reason: state.step < target ? 'paused' : 'finished', step: state.step };

    const copy = new SoundCopy(state);
    try {
      while (goesOn()) {
        if (copy.isDue && (await this.#allArrived())) await copy.renew(proveStep);
        else await takeStep();
        // Whoever asked for pictures or numbers goes first: they have the same share.
        if (preview.isDue && turns.isDue('sampling'))
          this.#show(await turns.take('sampling', () => preview.step()), state.step);
        if (heldOut.isDue && turns.isDue('sampling')) await this.#measureHeldOut(means);
        reports.reportIfDue();
        if (means.saveIsDue() && (await this.#allArrived())) await means.save();
      }
      const sound = (await this.#allArrived()) && (await isSound(state));
      means.checkBackend();
      reports.report();
      if (!sound) return this.#goBack(copy, means);
      const finished = state.step >= target;
      if (heldOut.canMeasure && turns.isGranted('sampling')) await this.#measureHeldOut(means);
      if (finished && performance.now() - begun > PREVIEW_AFTER_MS) await this.#finalPreview(preview, means);
      return { reason: finished ? 'finished' : 'paused', step: state.step };
    } finally {
      copy.dispose();
    }
  }

  async #step(steps: AsyncGenerator<TrainingStep, never, void>, means: TrainingMeans): Promise<void> {
    const { value } = await steps.next();
    const arrival = this.#receive(value, this.#inFlight.at(-1), means);
    // Whoever waits hears of an error; nobody may be waiting yet.
    arrival.catch(() => {});
    this.#inFlight.push(arrival);
    while (this.#inFlight.length > IN_FLIGHT) await this.#inFlight.shift();
    means.checkBackend();
  }

  /** Takes the loss of a step when it arrives, after that of the step before. */
  async #receive(
    { step, t, loss, errors }: TrainingStep,
    before: Promise<void> | undefined,
    { losses, state }: TrainingMeans,
  ): Promise<void> {
    const value = await loss;
    await before;
    if (this.#failed) return;
    if (!Number.isFinite(value)) {
      this.#failed = { step, loss: value };
      return;
    }
    losses.push(value);
    losses.byTime.add(t, await errors, state.config.nSteps);
  }

  /** Waits for the losses of all steps; whether all are finite. */
  async #allArrived(): Promise<boolean> {
    while (this.#inFlight.length > 0) await this.#inFlight.shift();
    return !this.#failed;
  }

  async #measureHeldOut({ heldOut, turns }: TrainingMeans): Promise<void> {
    this.#listen({ kind: 'heldOut', ...(await turns.take('sampling', () => heldOut.measure())) });
  }

  #goBack(copy: SoundCopy, { state, losses, heldOut }: TrainingMeans): TrainingEnd {
    const failed = this.#failed
      ? `The loss of step ${this.#failed.step} is ${this.#failed.loss}`
      : `The weights of step ${state.step} are not finite`;
    copy.goBack();
    losses.truncate(state.step);
    heldOut.truncate(state.step);
    const lowerRate = Number((this.#settings.learningRate / 4).toPrecision(1));
    const message =
      `${failed}: training has diverged. The weights of step ${state.step} are kept. ` +
      `Go on from there with a lower learning rate: ${lowerRate}, say.`;
    return { reason: 'diverged', step: state.step, message, lowerRate };
  }

  /** Whole pictures by the weights as they are in the end. */
  async #finalPreview(preview: Preview, { state, turns }: TrainingMeans): Promise<void> {
    if (!turns.isGranted('sampling')) return;
    preview.restart();
    for (let images: Float32Array | undefined; !images && !this.#paused; ) {
      images = await turns.take('sampling', () => preview.step());
      this.#show(images, state.step);
    }
  }

  #show(images: Float32Array | undefined, step: number): void {
    const { count } = this.#settings.preview;
    if (images) this.#listen({ kind: 'preview', step, images, count });
  }
}

/** What the trainer does not check: how long a run goes on, and its previews. */
function checkRunSettings({ steps, preview: { count, samplerSteps, seed } }: TrainingSettings): void {
  const whole = (what: string, value: number, least: number) => {
    if (Number.isSafeInteger(value) && value >= least) return;
    throw new Error(`${what} must be a whole number of at least ${least}, not ${value}.`);
  };
  whole('The number of training steps', steps, 1);
  whole('The number of samples in the preview', count, 1);
  whole("The preview's number of steps", samplerSteps, 1);
  whole("The seed of the preview's noise", seed, 0);
}
