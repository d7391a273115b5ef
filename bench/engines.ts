import type { BackendName } from '../src/engine/backend/report';
import type { BenchEngine } from './engine';
import { startNodeEngine } from './nodeEngine';
import type { BenchOptions } from './options';

/** What is worth measuring where nothing else was asked for: cpu runs stock ops only, and takes minutes. */
const usual: readonly BackendName[] = ['wasm', 'webgpu'];

/**
 * Starts the backends one after the other, and stops each before the next. One that is not to be had is left out and
 * said so; where it was asked for by name, that is an error, and so is none at all.
 */
export async function* startEngines(
  options: BenchOptions,
  say: (message: string) => void,
): AsyncGenerator<BenchEngine, void, void> {
  let started = 0;
  for (const backend of options.backends ?? usual) {
    let engine: BenchEngine;
    try {
      engine = await startNodeEngine(backend, options.threads);
    } catch (error) {
      if (options.backends) throw error;
      say(`${backend}: left out. ${(error as Error).message}`);
      continue;
    }
    started++;
    try {
      yield engine;
    } finally {
      await engine.stop();
    }
  }
  if (started === 0) throw new Error('No backend could be started.');
}
