import { createStore } from 'zustand/vanilla';
import { messageOf } from '../../../engine/messageOf';
import { LatestStudy } from '../../../store/latestStudy';
import { type ViewPlace, viewStore } from '../../../store/viewStore';
import type { ModelSource } from '../../../worker/protocol';
import type { PredictionRequest, predicting } from './study';

/** An image with its noise, and the model that is asked about it. Another object whenever the answers are others. */
export interface Subject extends Omit<PredictionRequest, 'times'> {
  source: ModelSource;
}

export interface OpeningState {
  /** ε_θ(x_t, t) by the engine's t; those of the image's model before its last training steps stay until newer ones come. */
  predictions: ReadonlyMap<number, Float32Array>;
  /** For the user. */
  problem: string | null;
  /** Whether t moves by itself; as it suits the visitor until something says it. */
  playing: boolean | null;
  setPlaying(playing: boolean): void;
  /** Asks the model at these t, but for those that it has answered. The latest call wins; nothing queues. */
  predict(subject: Subject, times: readonly number[]): Promise<void>;
  stop(): void;
}

export function createOpening({ engine }: Pick<ViewPlace<unknown>, 'engine'>) {
  return createStore<OpeningState>()((set, get) => {
    const study = new LatestStudy<typeof predicting>(engine, 'predicting');
    let subject: Subject | null = null;
    let answered = new Set<number>();
    return {
      predictions: new Map(),
      problem: null,
      playing: null,
      setPlaying: (playing) => set({ playing }),

      async predict(next, times) {
        if (subject !== next) {
          if (subject?.x0 !== next.x0 || subject.noise !== next.noise) set({ predictions: new Map() });
          subject = next;
          answered = new Set();
        }
        const missing = times.filter((t) => !answered.has(t));
        if (missing.length === 0) return study.stop();
        const { source, ...image } = next;
        try {
          await study.ask(source, { ...image, times: missing }, ({ t, eps }) => {
            answered.add(t);
            set({ predictions: new Map(get().predictions).set(t, eps), problem: null });
          });
        } catch (error) {
          set({ problem: messageOf(error) });
        }
      },

      stop: () => study.stop(),
    };
  });
}

export const useOpening = viewStore(createOpening);
