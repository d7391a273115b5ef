import { vi } from 'vitest';
import type { ModelConfig } from '../engine/unet/config';
import type { PreviewSettings, TrainingSettings } from '../settings/settings';
import type { TrainingEngine } from '../store/trainingSlice';
import type { BackendChange, TrainingEnd, TrainingEvent } from '../worker/protocol';

/** An engine that trains a step whenever the test says so, and counts the steps of its model as the worker does. */
export class SteppingEngine implements TrainingEngine {
  step = 0;
  config: ModelConfig | null = null;
  settings: TrainingSettings | null = null;
  refusal: string | null = null;
  restored: Awaited<ReturnType<TrainingEngine['restore']>> = null;
  changeBackend: ((change: BackendChange) => void) | undefined;
  #listen: ((event: TrainingEvent) => void) | null = null;
  #end: ((end: TrainingEnd) => void) | null = null;
  #fail: ((error: Error) => void) | null = null;

  createModel = vi.fn(async (config: ModelConfig, _seed: number) => {
    if (this.refusal !== null) throw new Error(this.refusal);
    this.config = config;
    this.step = 0;
    return { config, parameters: 1 };
  });

  train = vi.fn((settings: TrainingSettings, listen: (event: TrainingEvent) => void) => {
    this.settings = settings;
    this.#listen = listen;
    return new Promise<TrainingEnd>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
      if (this.step >= settings.steps) this.end({ reason: 'finished', step: this.step });
    });
  });

  pauseTraining = vi.fn(async () => this.end({ reason: 'paused', step: this.step }));

  controlSampling = vi.fn(async () => undefined);

  restore = async () => this.restored;

  changeTraining = vi.fn(async (settings: TrainingSettings) => {
    if (this.refusal !== null) throw new Error(this.refusal);
    this.settings = settings;
  });

  drawPreview = vi.fn(async ({ count }: PreviewSettings) => new Float32Array(count * 64).fill(1));

  sample = async () => ({ reason: 'stopped' as const, milliseconds: 0 });

  get running(): boolean {
    return this.#end !== null;
  }

  takeSteps(count: number): void {
    for (let i = 0; i < count && this.running; i++) {
      this.step++;
      this.tell({
        kind: 'progress',
        step: this.step,
        losses: Float32Array.of(1 / this.step),
        lossByTime: new Float32Array(20).fill(1 / this.step),
        stepsPerSecond: 10,
        imagesPerSecond: 640,
        secondsLeft: 3,
        memory: { tensors: 5, bytes: 100 },
      });
      if (this.step === this.settings?.steps) this.end({ reason: 'finished', step: this.step });
    }
  }

  tell(event: TrainingEvent): void {
    this.#listen?.(event);
  }

  end(end: TrainingEnd): void {
    this.#end?.(end);
    this.#end = null;
  }

  break(message: string): void {
    this.#fail?.(new Error(message));
    this.#end = null;
  }
}
