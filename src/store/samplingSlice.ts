import type { StateCreator } from 'zustand';
import { messageOf } from '../engine/messageOf';
import type { ShippedModelId } from '../engine/models/shippedModels';
import { classesFor, type SamplingSettings, samplingProblem, stepsOf } from '../settings/samplingSettings';
import type { EngineApi, SamplingCommand, SamplingStep } from '../worker/protocol';
import { Recorder, type Recording } from './recording';
import type { SampledModel } from './sampledModel';
import { Pace, replayAdvance, type SamplingSpeed, StepRate } from './samplingPace';
import type { ValuesSlice } from './valuesSlice';

export interface SamplingState {
  /** Whether the page began the last run by itself, for something to be seen. */
  first: boolean;
  status: 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
  /** For the user; the recording before stays. */
  problem: string | null;
  recording: Recording | null;
  /** Index in the recording of the step shown; null follows the newest. */
  frame: number | null;
  replaying: boolean;
  /** Index of the image shown large. */
  image: number;
  speed: SamplingSpeed;
  /** Measured over the last seconds of the run; null before two steps were taken. */
  stepsPerSecond: number | null;
  /** What the steps of the last run took to compute. */
  milliseconds: number | null;
  /** Pretrained models whose last run failed before it began: they could not be loaded. */
  failedModels: readonly ShippedModelId[];
}

/** How a run begins. */
export interface SamplingStart {
  /** Holds after the first step. */
  hold?: boolean;
  /** The page begins it by itself. */
  first?: boolean;
}

export interface SamplingSlice {
  sampling: SamplingState;
  setSamplingSpeed(speed: SamplingSpeed): void;
  /** Starts a new run. The recording before goes when the new one has begun. */
  startSampling(model: SampledModel | null, start?: SamplingStart): Promise<void>;
  pauseSampling(): void;
  resumeSampling(): void;
  stepSampling(): void;
  stopSampling(): void;
  /** Ends the run, and forgets what it drew. */
  forgetSampling(): void;
  /** Shows a recorded step, within what there is; null follows the newest again. Ends a replay. */
  scrubTo(frame: number | null): void;
  selectImage(index: number): void;
  /** Plays the recording from its first step, or on from the one shown; not while a run draws. */
  playReplay(from: 'start' | 'here'): void;
  pauseReplay(): void;
  /** Moves a replay on by the time that has passed; at the last step it ends. */
  advanceReplay(milliseconds: number): void;
}

/** What the slice needs of the engine. */
export type SamplingEngine = Pick<EngineApi, 'sample' | 'controlSampling'>;

/** Many steps may arrive within one frame of the page: they are shown together. */
const nextFrame: (show: () => void) => void =
  globalThis.requestAnimationFrame ?? ((show) => setTimeout(show, 16));

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createSamplingSlice(
  engine: SamplingEngine,
  budget?: number,
): StateCreator<SamplingSlice & ValuesSlice, [], [], SamplingSlice> {
  let runs = 0;
  let recorder: Recorder | null = null;
  let frameAsked = false;
  let replayRest = 0;
  const rate = new StepRate();

  return (set, get) => {
    const change = (sampling: Partial<SamplingState>) =>
      set({ sampling: { ...get().sampling, ...sampling } });
    const fail = (error: unknown) => change({ status: 'failed', problem: messageOf(error) });
    const command = (what: SamplingCommand) => {
      const run = runs;
      // A run that ended meanwhile needs no command.
      engine.controlSampling(what).catch((error) => run === runs && isActive(get().sampling) && fail(error));
    };
    const noteLoaded = (model: ShippedModelId | undefined, loaded: boolean) => {
      const { failedModels } = get().sampling;
      if (!model || loaded !== failedModels.includes(model)) return;
      const others = failedModels.filter((one) => one !== model);
      change({ failedModels: loaded ? others : [...others, model] });
    };
    const pace = new Pace(() => command('step'));

    function show() {
      frameAsked = false;
      const { sampling } = get();
      if (!recorder || !isActive(sampling)) return;
      const { recording } = recorder;
      const { index } = recording.steps.at(-1) as { index: number };
      const running = sampling.status === 'running';
      change({ recording, stepsPerSecond: running ? rate.at(index) : sampling.stepsPerSecond });
    }

    function receive(
      step: SamplingStep,
      run: Pick<Recording, 'settings' | 'model' | 'trainedSteps'>,
      hold: boolean,
    ) {
      if (step.index === 0) {
        recorder = new Recorder(run, step.total, budget);
        rate.reset();
        change({
          frame: null,
          replaying: false,
          image: Math.min(get().sampling.image, run.settings.count - 1),
        });
      }
      recorder?.record(step);
      const { status, speed } = get().sampling;
      if (step.index === 0 && hold) command('step');
      else if (status === 'running' && speed !== 'full') pace.next(speed);
      if (!frameAsked) {
        frameAsked = true;
        nextFrame(show);
      }
    }

    return {
      sampling: {
        first: false,
        status: 'idle',
        problem: null,
        recording: null,
        frame: null,
        replaying: false,
        image: 0,
        speed: 'full',
        stepsPerSecond: null,
        milliseconds: null,
        failedModels: [],
      },

      setSamplingSpeed(speed) {
        const { status, speed: before } = get().sampling;
        change({ speed });
        if (status !== 'running' || speed === before) return;
        rate.reset();
        pace.stop();
        if (speed === 'full') return command('run');
        if (before === 'full') command('pause');
        pace.next(speed);
      },

      async startSampling(model, { hold = false, first = false } = {}) {
        const { speed } = get().sampling;
        const choices = get().values.sampling;
        const problem = model
          ? samplingProblem(choices)
          : 'There is no model to sample from: train one first.';
        if (!model || problem) return change({ problem });
        const run = ++runs;
        pace.stop();
        const { config, trainedSteps, shipped } = model;
        const settings: SamplingSettings = {
          ...choices,
          steps: stepsOf(choices, config),
          ...classesFor(choices, config),
          // All that such a model has.
          ...(shipped && { shipped, weights: 'ema' as const }),
        };
        change({
          first,
          status: hold ? 'paused' : 'running',
          problem: null,
          stepsPerSecond: null,
          replaying: false,
        });
        let begun = false;
        try {
          const { reason, milliseconds } = await engine.sample(
            { ...settings, paused: hold || speed !== 'full' },
            (step) => {
              begun = true;
              if (run === runs) receive(step, { settings, model: config, trainedSteps }, hold);
            },
          );
          noteLoaded(shipped, true);
          if (run !== runs) return;
          pace.stop();
          show();
          change({ status: reason, milliseconds });
        } catch (error) {
          noteLoaded(shipped, begun);
          if (run !== runs) return;
          pace.stop();
          show();
          fail(error);
        }
      },

      pauseSampling() {
        if (get().sampling.status !== 'running') return;
        pace.stop();
        command('pause');
        show();
        change({ status: 'paused' });
      },

      resumeSampling() {
        const { status, speed } = get().sampling;
        if (status !== 'paused') return;
        rate.reset();
        change({ status: 'running', frame: null });
        if (speed === 'full') command('run');
        else pace.next(speed);
      },

      stepSampling() {
        if (get().sampling.status !== 'paused') return;
        change({ frame: null });
        command('step');
      },

      stopSampling() {
        if (!isActive(get().sampling)) return;
        pace.stop();
        command('stop');
      },

      forgetSampling() {
        get().stopSampling();
        runs++;
        recorder = null;
        change({ status: 'idle', problem: null, recording: null, frame: null, replaying: false, image: 0 });
        change({ first: false, stepsPerSecond: null, milliseconds: null });
      },

      scrubTo(frame) {
        const last = lastFrame(get().sampling);
        const within = frame === null || frame >= last ? null : Math.max(0, Math.round(frame));
        change({ frame: within, replaying: false });
      },

      selectImage(image) {
        change({ image });
      },

      playReplay(from) {
        const { recording, status, frame } = get().sampling;
        if (!recording || recording.steps.length < 2 || status === 'running') return;
        replayRest = 0;
        change({ replaying: true, frame: from === 'start' ? 0 : (frame ?? 0) });
      },

      pauseReplay() {
        change({ replaying: false });
      },

      advanceReplay(milliseconds) {
        const { recording, replaying, speed, frame } = get().sampling;
        if (!recording || !replaying || frame === null) return;
        const { steps, stride } = recording;
        const moved = replayRest + replayAdvance(speed, steps.length, stride, milliseconds);
        replayRest = moved % 1;
        const next = frame + Math.floor(moved);
        if (next >= lastFrame(get().sampling)) change({ frame: null, replaying: false });
        else if (next !== frame) change({ frame: next });
      },
    };
  };
}

/** Whether the engine holds a run that goes on or may go on. */
export function isActive({ status }: Pick<SamplingState, 'status'>): boolean {
  return status === 'running' || status === 'paused';
}

/** Index of the newest recorded step, −1 before there is one. */
export function lastFrame({ recording }: Pick<SamplingState, 'recording'>): number {
  return (recording?.steps.length ?? 0) - 1;
}

/** Index of the recorded step that is shown. */
export function shownFrame(sampling: Pick<SamplingState, 'recording' | 'frame'>): number {
  return Math.min(sampling.frame ?? Number.POSITIVE_INFINITY, lastFrame(sampling));
}
