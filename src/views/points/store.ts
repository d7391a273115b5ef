import { createStore, type StoreApi } from 'zustand';
import { messageOf } from '../../engine/messageOf';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import { pointsFileName, type ShippedPointsId } from '../../engine/points/shippedPoints';
import { LossHistory } from '../../store/lossHistory';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { snapped } from './drawnPoints';
import type { PointsApi, PointsEvent } from './engine/protocol';
import {
  isOfNetwork,
  type PointsSampling,
  type PointsSettings,
  type PointsShown,
  pointsGroup,
} from './settings';
import { initialPointsState, type PointsState, shippedFor } from './state';

export interface PointsActions {
  /** Opens the points of the choices, once; called when the view is. */
  begin(): Promise<void>;
  /** Takes drawn points in place of those before, and begins anew. */
  draw(points: Float32Array): void;
  train(): Promise<void>;
  pause(): Promise<void>;
  /** Begins anew, with random weights. */
  reset(): Promise<void>;
  /** The same, and trains them. */
  trainNew(): Promise<void>;
  /** Brings back the trained model that ships for the choices, or the one of a set. */
  openShipped(set?: ShippedPointsId): Promise<void>;
  play(direction: PointsShown['direction']): void;
  hold(): void;
  /** Moves a playing t on; at the end of the process it holds. */
  advance(seconds: number): void;
}

export type PointsStore = PointsState & PointsActions;

const trainerOf = ({ batchSize, learningRate, emaDecay }: PointsSettings): PointTrainerSettings => ({
  batchSize,
  learningRate,
  emaDecay,
});
const samplingOf = ({ sampler, samplerSteps, eta }: PointsSettings): PointsSampling => ({
  sampler,
  samplerSteps,
  eta,
});

/**
 * The state of the view of two dimensions over its worker, the page's or any other in a test. It follows its settings in
 * the core: a change of points or network begins anew, training that was under way going on with a new network. `addressOf`
 * a file of models/.
 */
export function createPointsStore(
  core: Pick<StoreApi<ValuesSlice>, 'getState' | 'subscribe'>,
  engine: PointsApi,
  addressOf: (fileName: string) => string = (fileName) => `models/${fileName}`,
) {
  return createStore<PointsStore>()((set, get) => {
    let begun = false;
    let opens = 0;
    let looking = false;
    let lookAgain = false;
    let secondsBefore = 0;

    const values = () => valuesOf(core.getState(), pointsGroup);
    const put = (changes: Partial<Omit<PointsSettings, 'drawn'>>) =>
      core.getState().put(pointsGroup, changes as never);
    const fail = (error: unknown) => set({ status: 'failed', problem: messageOf(error) });
    const time = () => Math.min(values().time, values().nSteps);
    const view = () => ({ t: Math.round(time()) - 1, ...samplingOf(values()) });
    let looked = '';

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
      const chosen = values();
      const { set: id, count, noise, seed, layers, width, nSteps, schedule, drawn } = chosen;
      const goesOn = get().status === 'training';
      if (id === 'drawn' && drawn.length === 0) {
        await engine.pause();
        return set({ status: 'idle', opened: null, field: null, quality: null, problem: null });
      }
      if (!goesOn) set({ status: 'opening' });
      set({ problem });
      const shipped = weights === 'shipped' && !goesOn ? shippedFor(chosen) : null;
      try {
        const source = id === 'drawn' ? { drawn } : { set: id, count };
        const settings = {
          ...{ source, noise, seed, model: { layers, width, nSteps, schedule } },
          ...(shipped && { trained: addressOf(pointsFileName(shipped)) }),
        };
        looked = JSON.stringify(view());
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
        looked = JSON.stringify(view());
        await engine.look(view()).catch(fail);
      }
      looking = false;
    }

    /** Whether a change of settings is followed by what the worker holds. */
    let following = true;
    core.subscribe((state, before) => {
      const [now, then] = [valuesOf(state, pointsGroup), valuesOf(before, pointsGroup)];
      if (now === then || !begun || !following) return;
      if (Object.keys(pointsGroup.rows).some((path) => isOfNetwork(path) && differs(now, then, path)))
        return void open(now.set === 'drawn' && now.drawn !== then.drawn ? 'new' : fitting());
      if (JSON.stringify(trainerOf(now)) !== JSON.stringify(trainerOf(then)) && get().status === 'training')
        engine.change(trainerOf(now)).catch(fail);
      if (JSON.stringify(view()) !== looked) void look();
    });

    return {
      ...initialPointsState,

      async begin() {
        if (begun) return;
        begun = true;
        await open(get().weights);
      },

      draw(drawn) {
        const changes = { drawn: snapped(drawn), set: 'drawn' } as const;
        core.getState().set(pointsGroup, changes as never, 'Drawn points');
      },

      async train() {
        const call = opens;
        if (get().status === 'training' || !get().opened) return;
        secondsBefore = get().seconds;
        set({ status: 'training', problem: null });
        try {
          const { reason } = await engine.train(trainerOf(values()));
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
        following = false;
        if (points) {
          const { defaults } = pointsGroup;
          const network = Object.fromEntries(
            Object.entries(defaults).filter(([path]) => isOfNetwork(path) && path !== 'drawn'),
          );
          put({ ...network, set: points });
        }
        following = true;
        begun = true;
        await open('shipped');
      },

      play(direction) {
        const { nSteps } = values();
        const atEnd = direction === 'forward' ? time() >= nSteps : time() <= 0;
        set({ playing: true });
        put({ direction, ...(atEnd && { time: direction === 'forward' ? 0 : nSteps }) });
      },

      hold() {
        set({ playing: false });
      },

      advance(seconds) {
        const { direction, duration, nSteps } = values();
        if (!get().playing) return;
        const sign = direction === 'forward' ? 1 : -1;
        const next = time() + (sign * seconds * nSteps) / duration;
        put({ time: Math.max(0, Math.min(nSteps, next)) });
        // A first frame may come with no time passed: the start is not the end.
        if (sign > 0 ? next >= nSteps : next <= 0) set({ playing: false });
      },
    };
  });
}

function differs(one: object, other: object, path: string): boolean {
  return (one as Record<string, unknown>)[path] !== (other as Record<string, unknown>)[path];
}
