import type { StateCreator } from 'zustand';
import type { StepProfile } from '../engine/measure/profile';
import type { ModelConfig } from '../engine/unet/config';
import { newModelProblem, type ReadinessState } from './readiness';
import { isActive, type SamplingSlice } from './samplingSlice';
import { isTraining } from './trainingState';

export interface ProfilingState {
  status: 'idle' | 'measuring' | 'failed';
  /** The last one that was measured, and of which model. */
  profile: StepProfile | null;
  config: ModelConfig | null;
  /** For the user, where the status is 'failed'. */
  problem: string | null;
}

export interface ProfileSlice {
  profiling: ProfilingState;
  /** Profiles a training step of the model, or of the one that the settings describe; nothing of it is trained. */
  measureProfile(): Promise<void>;
}

/** What the slice needs of the engine. */
export interface ProfilingEngine {
  profile(config: ModelConfig, batchSize: number): Promise<StepProfile>;
}

type Needs = ProfileSlice & ReadinessState & Pick<SamplingSlice, 'sampling'>;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createProfileSlice(engine: ProfilingEngine): StateCreator<Needs, [], [], ProfileSlice> {
  return (set, get) => {
    const change = (profiling: Partial<ProfilingState>) =>
      set({ profiling: { ...get().profiling, ...profiling } });
    return {
      profiling: { status: 'idle', profile: null, config: null, problem: null },

      async measureProfile() {
        if (profileProblem(get()) !== null || get().profiling.status === 'measuring') return;
        const { training, settings } = get();
        const config = training.model?.config ?? settings.model;
        change({ status: 'measuring', problem: null });
        try {
          const profile = await engine.profile(config, settings.training.batchSize);
          change({ status: 'idle', profile, config });
        } catch (error) {
          change({ status: 'failed', problem: error instanceof Error ? error.message : String(error) });
        }
      },
    };
  };
}

/** Why no step can be measured now; null when one can. Another run would share its time with it. */
export function profileProblem(state: ReadinessState & Pick<SamplingSlice, 'sampling'>): string | null {
  if (isTraining(state.training)) return 'Pause training to measure a step by itself.';
  if (isActive(state.sampling)) return 'Stop sampling to measure a step by itself.';
  if (state.training.model && state.session.status === 'ready') return null;
  return newModelProblem(state);
}
