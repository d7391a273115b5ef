import type { StateCreator } from 'zustand';

export interface ForwardState {
  /** Index in the whole data set of the example that noise is added to. */
  exampleIndex: number;
  /** Steps taken, 0 … T: 0 is x₀ itself, t = k is x after k steps. T is the settings', so read it through a clamp. */
  t: number;
  noiseSeed: number;
}

export interface ForwardSlice {
  forward: ForwardState;
  pickExample(index: number): void;
  setTime(t: number): void;
  setNoiseSeed(seed: number): void;
}

export const createForwardSlice: StateCreator<ForwardSlice, [], [], ForwardSlice> = (set, get) => {
  const change = (forward: Partial<ForwardState>) => set({ forward: { ...get().forward, ...forward } });
  return {
    forward: { exampleIndex: 0, t: 200, noiseSeed: 1 },
    pickExample: (exampleIndex) => change({ exampleIndex }),
    setTime: (t) => change({ t }),
    setNoiseSeed: (noiseSeed) => change({ noiseSeed }),
  };
};
