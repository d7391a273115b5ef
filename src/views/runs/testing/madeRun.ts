import { defaultSettings } from '../../../settings/defaultSettings';
import type { Run, RunBody, RunFacts } from '../record/run';

/** A run of the digits, with what a test wants of it. */
export function madeRun(facts: Partial<RunFacts> = {}, body: Partial<RunBody> = {}): Run {
  return {
    facts: {
      id: 'a',
      name: 'Digits 1',
      colour: 0,
      pinned: false,
      startedAt: 1,
      updatedAt: 2,
      dataset: 'digits',
      title: 'Digits',
      settings: defaultSettings('digits'),
      differs: null,
      from: null,
      step: 4,
      seconds: 8,
      loss: 0.5,
      heldOut: 0.625,
      parameters: 100,
      backend: 'wasm',
      device: 'SIMD',
      diverged: false,
      quality: [],
      ...facts,
    },
    body: {
      head: [0.5],
      losses: { before: 0, end: 1, interval: 1, mean: [0.5], least: [0.5], greatest: [0.5] },
      heldOut: [],
      times: [],
      lossByTime: null,
      marks: [],
      samples: [],
      ...body,
    },
  };
}
