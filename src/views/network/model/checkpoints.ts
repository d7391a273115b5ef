import { useStore as useAny } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readHeader } from '../../../engine/checkpoint/header';
import { messageOf } from '../../../engine/messageOf';
import { parseModelConfig } from '../../../engine/unet/config';
import type { CheckpointFacts, CheckpointStorage } from '../../../store/checkpoints/checkpointStorage';
import { pageCheckpoints } from '../../../store/checkpoints/pageCheckpoints';
import type { SampledModel } from '../../../store/sampledModel';

/** A checkpoint that can be looked into. */
export interface OpenedCheckpoint {
  id: string;
  name: string;
  model: SampledModel;
}

export interface CheckpointsState {
  /** Null before they were read. */
  list: CheckpointFacts[] | null;
  opened: OpenedCheckpoint | null;
  /** Why one cannot be opened, for the user. */
  problem: string | null;
  /** Reads what there is. */
  refresh(): Promise<void>;
  /** Opens one, or none. The model in training is left alone. */
  open(id: string | null): Promise<void>;
}

export function createCheckpoints(storage: Pick<CheckpointStorage, 'list' | 'load'>) {
  return createStore<CheckpointsState>()((set, get) => {
    let wanted: string | null = null;
    return {
      list: null,
      opened: null,
      problem: null,

      async refresh() {
        try {
          const all = await storage.list();
          set({ list: all.filter(({ damage }) => damage === undefined) });
        } catch (error) {
          set({ list: [], problem: messageOf(error) });
        }
      },

      async open(id) {
        wanted = id;
        if (get().opened?.id === id) return;
        set({ opened: null, problem: null });
        const facts = get().list?.find((one) => one.id === id);
        if (id === null || !facts) return;
        try {
          const bytes = await storage.load(id);
          const { config } = readHeader(bytes).metadata;
          const model: SampledModel = {
            config: parseModelConfig(JSON.parse(config as string)),
            trainedSteps: facts.step,
            stored: { id, file: new Blob([bytes as Uint8Array<ArrayBuffer>]) },
          };
          if (wanted === id) set({ opened: { id, name: facts.name, model } });
        } catch (error) {
          if (wanted === id) set({ problem: messageOf(error) });
        }
      },
    };
  });
}

export const checkpoints = createCheckpoints(pageCheckpoints);

export function useCheckpoints<Value>(select: (state: CheckpointsState) => Value): Value {
  return useAny(checkpoints, select);
}
