import type { StateCreator } from 'zustand';
import type { EngineApi } from '../worker/protocol';
import { samplingShares } from '../worker/samplingShare';

export interface SamplingShareSlice {
  /** How much of the time sampling, previews and studies may take from training while it goes on, 0 … 0.9. */
  samplingShare: number;
  /** Heeded from the next step on, a run under way included. */
  setSamplingShare(share: number): void;
}

/** The slice over the engine, with what was kept from an earlier visit. The engine is told of that when it starts. */
export function createSamplingShareSlice(
  engine: Pick<EngineApi, 'setSamplingShare'>,
  samplingShare: number = samplingShares.default,
): StateCreator<SamplingShareSlice, [], [], SamplingShareSlice> {
  return (set) => ({
    samplingShare,
    setSamplingShare(share) {
      set({ samplingShare: share });
      // An engine that has failed says so to whoever waits for it.
      engine.setSamplingShare(share).catch(() => {});
    },
  });
}
