import type { ModelConfig } from '../engine/unet/config';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { SamplingEngine } from '../store/samplingSlice';
import type { SamplingCommand, SamplingEnd, SamplingStep } from '../worker/protocol';

/** T = 100, images of 2 × 2. */
export const testModel: ModelConfig = {
  imageChannels: 1,
  imageSize: 2,
  nChannels: 8,
  chMults: [1],
  isAttn: [false],
  nBlocks: 1,
  nSteps: 100,
  nGroups: 4,
  nFinalGroups: 4,
  dropout: 0,
  nClasses: 0,
  schedule: 'linear',
  objective: 'epsilon',
  learnedVariance: false,
};

export const stepMilliseconds = 5;

/** An engine that takes 5 ms a step, and whose x is its own number: it obeys every command as the worker does. */
export class CountingEngine implements SamplingEngine {
  settings: SamplingSettings | null = null;
  commands: SamplingCommand[] = [];
  problem: Error | null = null;
  #index = 0;
  #permits = 0;
  #listen: ((step: SamplingStep) => void) | null = null;
  #end: ((end: SamplingEnd) => void) | null = null;

  sample(settings: SamplingSettings, listen: (step: SamplingStep) => void): Promise<SamplingEnd> {
    if (this.problem) return Promise.reject(this.problem);
    this.#end?.({ reason: 'stopped', milliseconds: 0 });
    this.settings = settings;
    this.#index = 0;
    this.#permits = settings.paused ? 0 : Number.POSITIVE_INFINITY;
    this.#listen = listen;
    const end = new Promise<SamplingEnd>((resolve) => {
      this.#end = resolve;
    });
    this.#send();
    this.#go();
    return end;
  }

  async controlSampling(command: SamplingCommand): Promise<void> {
    this.commands.push(command);
    if (command === 'stop') this.#end?.({ reason: 'stopped', milliseconds: 1 });
    if (command === 'pause' || command === 'stop') this.#permits = 0;
    if (command === 'run') this.#permits = Number.POSITIVE_INFINITY;
    if (command === 'step') this.#permits++;
    this.#go();
  }

  #going = false;
  #go(): void {
    if (this.#going || this.#permits === 0) return;
    this.#going = true;
    setTimeout(() => {
      this.#going = false;
      if (this.#permits === 0) return;
      this.#permits--;
      this.#index++;
      this.#send();
      const { steps } = this.settings as SamplingSettings;
      if (this.#index < steps) this.#go();
      else {
        this.#permits = 0;
        this.#end?.({ reason: 'finished', milliseconds: 5 * steps });
      }
    }, stepMilliseconds);
  }

  #send(): void {
    const { count, steps: total } = this.settings as SamplingSettings;
    const index = this.#index;
    const values = () => new Float32Array(count * 4).fill(index / 127.5 - 1);
    const first = index === 0;
    this.#listen?.({
      index,
      total,
      t: first ? testModel.nSteps : total - index - 1,
      x: values(),
      x0: first ? null : values(),
      eps: first ? null : values(),
    });
  }
}
