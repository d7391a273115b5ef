import { createStore } from 'zustand/vanilla';
import type { StepProfile } from '../../../engine/measure/profile';
import { messageOf } from '../../../engine/messageOf';
import type { ModelConfig } from '../../../engine/unet/config';
import { newModelProblem, type ReadinessState } from '../../../store/readiness';
import { isActive, type SamplingSlice } from '../../../store/samplingSlice';
import { isTraining } from '../../../store/trainingState';
import { type ViewPlace, viewStore } from '../../../store/viewStore';

export interface ProfilingState {
  status: 'idle' | 'measuring' | 'failed';
  /** The last one that was measured, and of which model. */
  profile: StepProfile | null;
  config: ModelConfig | null;
  /** For the user, where the status is 'failed'. */
  problem: string | null;
  /** Profiles a training step of the model, or of the one that the settings describe; nothing of it is trained. */
  measure(): Promise<void>;
}

/** What the profile needs of the engine. */
export interface ProfilingEngine {
  profile(config: ModelConfig, batchSize: number): Promise<StepProfile>;
}

type Needs = ReadinessState & Pick<SamplingSlice, 'sampling'>;

export function createProfiling({ core, engine }: ViewPlace<Needs, ProfilingEngine>) {
  return createStore<ProfilingState>()((set, get) => ({
    status: 'idle',
    profile: null,
    config: null,
    problem: null,

    async measure() {
      const state = core.getState();
      if (profileProblem(state) !== null || get().status === 'measuring') return;
      const { settings } = state.values;
      const config = state.training.model?.config ?? settings.model;
      set({ status: 'measuring', problem: null });
      try {
        const profile = await engine.profile(config, settings.training.batchSize);
        set({ status: 'idle', profile, config });
      } catch (error) {
        set({ status: 'failed', problem: messageOf(error) });
      }
    },
  }));
}

export const useProfiling = viewStore(createProfiling);

/** Why no step can be measured now; null when one can. Another run would share its time with it. */
export function profileProblem(state: ReadinessState & Pick<SamplingSlice, 'sampling'>): string | null {
  if (isTraining(state.training)) return 'Pause training to measure a step by itself.';
  if (isActive(state.sampling)) return 'Stop sampling to measure a step by itself.';
  if (state.training.model && state.session.status === 'ready') return null;
  return newModelProblem(state);
}
