import type { SamplingSettings } from '../settings/samplingSettings';
import { Session, type SessionEnvironment } from './session';

/** As a link says it: the paper's sampler, over a part of the steps since plain JavaScript is slow, and the few steps of an arrival. */
export const sharedSamplings: Record<'ancestral' | 'ddim', SamplingSettings> = {
  ancestral: settings({ sampler: 'ancestral', steps: 40 }),
  ddim: settings({ sampler: 'ddim', steps: 25 }),
};

function settings(some: Pick<SamplingSettings, 'sampler' | 'steps'>): SamplingSettings {
  return { ...some, spacing: 'even', count: 2, seed: 1, weights: 'ema', shipped: 'digits' };
}

/** The samples that a backend draws from the page's digits model. */
export async function finalSamples(
  environment: Pick<SessionEnvironment, 'readData' | 'readModel' | 'startBackend'>,
  sampling: SamplingSettings,
): Promise<Float32Array> {
  const autosave = { save: async () => undefined, load: async () => null, setAside: async () => null };
  const session = new Session({ autosave, ...environment });
  await session.start({ baseUrl: '' });
  await session.loadDataset('digits');
  let samples: Float32Array | null = null;
  const { reason } = await session.sample(sampling, ({ x }) => {
    samples = x.slice();
  });
  if (reason !== 'finished' || !samples) throw new Error(`The run ended: ${reason}.`);
  return samples;
}

/**
 * How far images in [−1, 1] are from each other: `most` and `mean` as a screen shows them, in grey levels of 256, and `exact` the
 * largest difference of the numbers.
 */
export function greyDifference(
  one: Float32Array,
  other: Float32Array,
): Record<'most' | 'mean' | 'exact', number> {
  if (one.length !== other.length) throw new Error(`${one.length} values, and ${other.length}.`);
  const pairs = Array.from(one, (value, i) => [value, other[i] as number] as const);
  const levels = pairs.map(([a, b]) => Math.abs(grey(a) - grey(b)));
  return {
    most: Math.max(...levels),
    mean: levels.reduce((sum, level) => sum + level, 0) / levels.length,
    exact: Math.max(...pairs.map(([a, b]) => Math.abs(a - b))),
  };
}

function grey(value: number): number {
  return Math.round((Math.min(1, Math.max(-1, value)) + 1) * 127.5);
}
