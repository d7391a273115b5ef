import { createStore } from 'zustand';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import { pointsFileName, type ShippedPointsId } from '../../engine/points/shippedPoints';
import type { PointsApi, PointsEvent } from '../../worker/points/protocol';
import { messageOf } from '../editing';
import { LossHistory } from '../lossHistory';
import { snapped } from './drawnPoints';
import {
  type ChosenPoints,
  type Direction,
  initialPointsState,
  type PointsChoices,
  type PointsState,
  type SamplingChoices,
  shippedFor,
} from './pointsState';

export interface PointsActions {
  /** Opens the points of the choices, once; called when the view is. */
  begin(): Promise<void>;
  /**
   * Begins anew, with the trained model that ships for the choices where there is one; training that was under way goes on
   * with a new network.
   */
  choose(choices: Partial<PointsChoices>): Promise<void>;
  /** Takes drawn points in place of those before, and begins anew. */
  draw(points: Float32Array): Promise<void>;
  changeTrainer(trainer: Partial<PointTrainerSettings>): void;
  changeSampling(sampling: Partial<SamplingChoices>): void;
  train(): Promise<void>;
  pause(): Promise<void>;
  /** Begins anew, with random weights. */
  reset(): Promise<void>;
  /** The same, and trains them. */
  trainNew(): Promise<void>;
  /** Brings back the trained model that ships for the choices, or the one of a set. */
  openShipped(set?: ShippedPointsId): Promise<void>;
  setTime(time: number): void;
  play(direction: Direction): void;
  hold(): void;
  /** Moves a playing t on; at the end of the way it holds. */
  advance(seconds: number): void;
  show(view: Partial<Pick<PointsState, 'shown' | 'quantity' | 'direction' | 'duration'>>): void;
  /** Puts choices in place of those that are there; where the points or the network are others, it begins anew. */
  put(choices: ChosenPoints): void;
}

export type PointsStore = PointsState & PointsActions;

/** The state of the view of two dimensions over its worker: the page's, or any other in a test; `addressOf` a file of models/. */
export function createPointsStore(
  engine: PointsApi,
  addressOf: (fileName: string) => string = (fileName) => `models/${fileName}`,
) {
  return createStore<PointsStore>()((set, get) => {
    let begun = false;
    let opens = 0;
    let looking = false;
    let lookAgain = false;
    let secondsBefore = 0;

    const fail = (error: unknown) => set({ status: 'failed', problem: messageOf(error) });
    const view = () => ({ t: Math.round(get().time) - 1, ...get().sampling });

    /** Which weights other choices begin with. */
    const fitting = () => (get().status === 'training' ? 'new' : 'shipped');

    /** Ends training, so that what is opened next does not go on with it. */
    async function endTraining() {
      await get().pause();
      if (get().status === 'training') set({ status: 'paused' });
    }

    /** `problem` is what went wrong before. */
    async function open(weights: PointsState['weights'], problem: string | null = null) {
      const call = ++opens;
      set({ weights });
      const { choices, drawn, status } = get();
      const { set: id, count, noise, seed, layers, width, nSteps, schedule } = choices;
      const goesOn = status === 'training';
      if (id === 'drawn' && drawn.length === 0) {
        await engine.pause();
        return set({ status: 'idle', opened: null, field: null, quality: null, problem: null });
      }
      if (!goesOn) set({ status: 'opening' });
      set({ problem, time: Math.min(get().time, nSteps) });
      const shipped = weights === 'shipped' && !goesOn ? shippedFor(get()) : null;
      try {
        const source = id === 'drawn' ? { drawn } : { set: id, count };
        const settings = {
          ...{ source, noise, seed, model: { layers, width, nSteps, schedule } },
          ...(shipped && { trained: addressOf(pointsFileName(shipped)) }),
        };
        const opened = await engine.open(settings, view(), (event) => call === opens && receive(event));
        if (call !== opens) return;
        secondsBefore = 0;
        set({ opened, step: 0, losses: new LossHistory(), stepsPerSecond: 0, seconds: 0, status: 'idle' });
        if (goesOn) void get().train();
      } catch (error) {
        if (call !== opens) return;
        // Without the file there is still all the rest.
        if (shipped) await open('new', messageOf(error));
        else fail(error);
      }
    }

    function receive(event: PointsEvent) {
      if (event.kind === 'field') set({ field: event });
      else if (event.kind === 'quality') set({ quality: event });
      else if (event.kind === 'paths') set({ paths: { ...get().paths, [event.by]: event.paths } });
      else {
        const { step, losses, stepsPerSecond, seconds } = event;
        get().losses.append(step, losses);
        set({ step, stepsPerSecond, seconds: secondsBefore + seconds });
      }
    }

    /** One question at a time: what came meanwhile is asked together. */
    async function look() {
      lookAgain = true;
      if (looking || !get().opened) return;
      looking = true;
      while (lookAgain) {
        lookAgain = false;
        await engine.look(view()).catch(fail);
      }
      looking = false;
    }

    return {
      ...initialPointsState,

      async begin() {
        if (begun) return;
        begun = true;
        await open(get().weights);
      },

      async choose(choices) {
        set({ choices: { ...get().choices, ...choices } });
        await open(fitting());
      },

      async draw(drawn) {
        set({ drawn: snapped(drawn), choices: { ...get().choices, set: 'drawn' } });
        await open('new');
      },

      changeTrainer(trainer) {
        set({ trainer: { ...get().trainer, ...trainer } });
        if (get().status === 'training') engine.change(get().trainer).catch(fail);
      },

      changeSampling(sampling) {
        set({ sampling: { ...get().sampling, ...sampling } });
        void look();
      },

      async train() {
        const call = opens;
        if (get().status === 'training' || !get().opened) return;
        secondsBefore = get().seconds;
        set({ status: 'training', problem: null });
        try {
          const { reason } = await engine.train(get().trainer);
          if (call !== opens) return;
          const problem = 'The loss is no longer a number: begin anew with a lower learning rate.';
          set(reason === 'diverged' ? { status: 'diverged', problem } : { status: 'paused' });
        } catch (error) {
          if (call === opens) fail(error);
        }
      },

      async pause() {
        if (get().status === 'training') await engine.pause().catch(fail);
      },

      async reset() {
        await endTraining();
        await open('new');
      },

      async trainNew() {
        await get().reset();
        await get().train();
      },

      async openShipped(points) {
        await endTraining();
        if (points) set({ choices: { ...initialPointsState.choices, set: points } });
        begun = true;
        await open('shipped');
      },

      setTime(time) {
        const before = view().t;
        set({ time: Math.max(0, Math.min(get().choices.nSteps, time)) });
        if (view().t !== before) void look();
      },

      play(direction) {
        const { nSteps } = get().choices;
        const atEnd = direction === 'forward' ? get().time >= nSteps : get().time <= 0;
        set({ direction, playing: true });
        if (atEnd) get().setTime(direction === 'forward' ? 0 : nSteps);
      },

      hold() {
        set({ playing: false });
      },

      advance(seconds) {
        const { playing, direction, duration, time, choices } = get();
        if (!playing) return;
        const sign = direction === 'forward' ? 1 : -1;
        const next = time + (sign * seconds * choices.nSteps) / duration;
        get().setTime(next);
        // A first frame may come with no time passed: the start is not the end.
        if (sign > 0 ? next >= choices.nSteps : next <= 0) set({ playing: false });
      },

      show(shown) {
        set(shown);
      },

      put(chosen) {
        const before = get();
        set({ ...chosen, playing: false });
        if (!begun) return;
        if (chosen.choices !== before.choices || chosen.drawn !== before.drawn) return void open(fitting());
        if (chosen.trainer !== before.trainer && before.status === 'training')
          engine.change(chosen.trainer).catch(fail);
        void look();
      },
    };
  });
}
