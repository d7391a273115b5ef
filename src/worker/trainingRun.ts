import type { Operations } from '../engine/kernels/operations';
import type { HealthMonitor } from '../engine/network/healthMonitor';
import { OverflowError, overflowOf } from '../engine/training/snapshot';
import { type BatchSource, type TrainingState, type TrainingStep, train } from '../engine/training/trainer';
import type { TrainingSettings } from '../settings/settings';
import type { FairTurns } from './fairTurns';
import type { HeldOutLosses } from './heldOutLosses';
import type { Losses } from './losses';
import { checkPreviewSettings, Preview, type PreviewImages } from './preview';
import { ProgressReports } from './progressReports';
import type { TrainingEnd, TrainingEvent } from './protocol';
import { SoundCopy } from './soundCopy';

/** Steps whose loss may still be on its way from the GPU. */
const IN_FLIGHT = 4;
const PREVIEW_AFTER_MS = 1000;

/** What a run trains, and what it computes with. */
export interface TrainingEnvironment {
  state: TrainingState;
  /** One for every step that the state has taken. */
  losses: Losses;
  operations: Operations;
  source: BatchSource;
  heldOut: HeldOutLosses;
  /** Of this run. */
  health: HealthMonitor;
  turns: FairTurns<'training' | 'sampling'>;
  /** Makes these the model's settings. Throws if it cannot train with them. */
  takeSettings(settings: TrainingSettings): void;
  /** Throws if the backend's results can no longer be trusted. */
  checkBackend(): void;
  /** Whether it is time to save. `save` is then called between two steps, when all losses have arrived. */
  saveIsDue(): boolean;
  /** Rejects with an OverflowError, and saves nothing, where the state is not finite. */
  save(): Promise<void>;
}

/** One training run: from the model's current step to the target of the settings, or to a pause. */
export class TrainingRun {
  #settings: TrainingSettings;
  #listen: (event: TrainingEvent) => unknown;
  #paused = false;
  /** Events that the listener has not taken yet. */
  #untaken = 0;
  /** Set while it runs. */
  #environment: TrainingEnvironment | undefined;
  /** Each resolves when the loss of its step has arrived, in the order of the steps. */
  #inFlight: Promise<void>[] = [];
  /** What was not finite first: a loss or a part of the state. */
  #failed: string | undefined;

  /** A shorter run ends without a final preview. */
  readonly #previewAfter: number;

  /** Throws for invalid settings; the message names the limit. */
  constructor(
    settings: TrainingSettings,
    listen: (event: TrainingEvent) => unknown,
    previewAfter = PREVIEW_AFTER_MS,
  ) {
    checkRunSettings(settings);
    this.#previewAfter = previewAfter;
    this.#settings = settings;
    this.#listen = listen;
  }

  /** Uses other settings from the next step on. Throws for invalid ones, and keeps those before. */
  change(settings: TrainingSettings): void {
    checkRunSettings(settings);
    this.#environment?.takeSettings(settings);
    this.#settings = settings;
  }

  /** Ends the run after the current step. */
  pause(): void {
    this.#paused = true;
  }

  /**
   * The same run for another backend, paused if this one is. This one reports no more: its results cannot be trusted.
   */
  successor(): TrainingRun {
    const next = new TrainingRun(this.#settings, this.#listen, this.#previewAfter);
    next.#paused = this.#paused;
    this.#listen = () => {};
    return next;
  }

  /** Trains. If a loss is NaN or infinite, the state and the losses go back to the last sound copy. */
  async run(environment: TrainingEnvironment): Promise<TrainingEnd> {
    environment.takeSettings(this.#settings);
    this.#environment = environment;
    try {
      return await this.#run(environment);
    } finally {
      this.#environment = undefined;
    }
  }

  async #run(environment: TrainingEnvironment): Promise<TrainingEnd> {
    const { state, operations, source, losses, turns, heldOut, health } = environment;
    const begun = performance.now();
    const steps = train(
      state,
      () => health.watch(operations),
      source,
      () => this.#settings,
    );
    const preview = new Preview({ ...state, operations }, () => this.#settings.preview);
    const reports = new ProgressReports(
      losses,
      () => this.#settings,
      (event) => this.#tell(event),
    );
    const takeStep = () => turns.take('training', () => this.#step(steps, environment));
    const proveStep = async () => {
      await takeStep();
      return this.#allArrived();
    };
    const reached = () => state.step >= this.#settings.steps;
    const goesOn = () => !this.#paused && !this.#failed && !reached();
    if (!goesOn()) return { reason: reached() ? 'finished' : 'paused', step: state.step };

    const copy = new SoundCopy(state);
    try {
      while (goesOn()) {
        if (copy.isDue && (await this.#allArrived())) this.#failed ??= await copy.renew(proveStep);
        else await takeStep();
        if (health.isWaiting) await this.#measureHealth(environment);
        // Samples and studies that the user waits for go first: previews share their time.
        if (preview.isDue && this.#untaken === 0 && turns.isDue('sampling'))
          this.#show(await turns.take('sampling', () => preview.step()), state.step);
        if (heldOut.isDue && turns.isDue('sampling')) await this.#measureHeldOut(environment);
        // A page that is slower than the engine gets fewer reports, not a growing queue of them.
        if (this.#untaken === 0) reports.reportIfDue();
        if (environment.saveIsDue()) await this.#save(environment);
      }
      const sound = await this.#isSound(state);
      environment.checkBackend();
      reports.report();
      if (!sound) return this.#goBack(copy, environment);
      const finished = reached();
      if (heldOut.canMeasure && turns.isGranted('sampling')) await this.#measureHeldOut(environment);
      if (finished && performance.now() - begun > this.#previewAfter)
        await this.#finalPreview(preview, environment);
      return { reason: finished ? 'finished' : 'paused', step: state.step };
    } finally {
      health.switch(false);
      copy.dispose();
    }
  }

  #tell(event: TrainingEvent): void {
    this.#untaken++;
    const taken = () => void this.#untaken--;
    Promise.resolve(this.#listen(event)).then(taken, taken);
  }

  async #step(
    steps: AsyncGenerator<TrainingStep, never, void>,
    environment: TrainingEnvironment,
  ): Promise<void> {
    const { value } = await steps.next();
    const arrival = this.#receive(value, this.#inFlight.at(-1), environment);
    // Those who wait get the error; without this, an unawaited one would count as unhandled.
    arrival.catch(() => {});
    this.#inFlight.push(arrival);
    while (this.#inFlight.length > IN_FLIGHT) await this.#inFlight.shift();
    environment.checkBackend();
  }

  /** Records the loss of a step when it arrives, after that of the step before. */
  async #receive(
    { step, t, loss, errors }: TrainingStep,
    before: Promise<void> | undefined,
    { losses, state }: TrainingEnvironment,
  ): Promise<void> {
    const value = await loss;
    await before;
    if (this.#failed) return;
    if (!Number.isFinite(value)) {
      this.#failed = `The loss of step ${step} is ${value}`;
      return;
    }
    losses.push(value);
    losses.byTime.add(t, await errors, state.config.nSteps);
  }

  /** Waits for the losses of all steps; true if all are finite. */
  async #allArrived(): Promise<boolean> {
    while (this.#inFlight.length > 0) await this.#inFlight.shift();
    return !this.#failed;
  }

  /** Waits for the losses of all steps; true if they and the state are finite. */
  async #isSound(state: TrainingState): Promise<boolean> {
    if (await this.#allArrived()) this.#failed = await overflowOf(state);
    return !this.#failed;
  }

  /** Saves where the losses of all steps and the state are finite. */
  async #save({ save }: TrainingEnvironment): Promise<void> {
    if (!(await this.#allArrived())) return;
    try {
      await save();
    } catch (error) {
      if (!(error instanceof OverflowError)) throw error;
      this.#failed = error.message;
    }
  }

  /** When the step's loss is there, the backend has nothing else to do. */
  async #measureHealth({ health, turns }: TrainingEnvironment): Promise<void> {
    if (!(await this.#allArrived())) return;
    const measured = await turns.take('training', () => health.measure());
    if (measured) this.#tell({ kind: 'health', ...measured, share: health.spentShare });
  }

  async #measureHeldOut({ heldOut, turns }: TrainingEnvironment): Promise<void> {
    this.#tell({ kind: 'heldOut', ...(await turns.take('sampling', () => heldOut.measure())) });
  }

  #goBack(copy: SoundCopy, { state, losses, heldOut }: TrainingEnvironment): TrainingEnd {
    copy.goBack();
    losses.truncate(state.step);
    heldOut.truncate(state.step);
    const lowerRate = Number((this.#settings.learningRate / 4).toPrecision(1));
    const message =
      `${this.#failed}: training has diverged. The weights of step ${state.step} are kept. ` +
      `Go on from there with a lower learning rate: ${lowerRate}, say.`;
    return { reason: 'diverged', step: state.step, message, lowerRate };
  }

  /** A preview of the final weights, from its first step on. */
  async #finalPreview(preview: Preview, { state, turns }: TrainingEnvironment): Promise<void> {
    if (!turns.isGranted('sampling')) return;
    preview.restart();
    for (let drawn: PreviewImages | undefined; !drawn && !this.#paused; ) {
      drawn = await turns.take('sampling', () => preview.step());
      this.#show(drawn, state.step);
    }
  }

  #show(drawn: PreviewImages | undefined, step: number): void {
    if (drawn) this.#tell({ kind: 'preview', step, ...drawn });
  }
}

/** Checks what the trainer does not: the target and the preview. */
function checkRunSettings({ steps, preview }: TrainingSettings): void {
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw new Error(`The number of training steps must be a whole number of at least 1, not ${steps}.`);
  checkPreviewSettings(preview);
}
