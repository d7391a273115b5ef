import type { DatasetId } from '../engine/data/datasets';
import type { OwnFacts } from '../engine/data/ownDataset';
import { HealthMonitor } from '../engine/network/healthMonitor';
import { createTrainingState, disposeTrainingState } from '../engine/training/trainer';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { memoryEstimate } from '../engine/unet/size';
import type { TrainingSettings } from '../settings/settings';
import type { Backend } from './currentBackend';
import type { CurrentDataset } from './currentDataset';
import { exportedModel } from './exportedModel';
import type { FairTurns } from './fairTurns';
import { Losses } from './losses';
import type { Model } from './model';
import { ModelSaver } from './modelSaver';
import type { KeepSecond, SecondBeginning, TrainingEnd, TrainingEvent } from './protocol';
import { openModel } from './savedModel';
import { TrainingRun } from './trainingRun';
import { trainModel } from './trainModel';

/** A model with random weights that has taken no step. */
export function newModel(config: ModelConfig, seed: number, dataset: DatasetId, ownFacts?: OwnFacts): Model {
  return {
    state: createTrainingState(config, seed),
    losses: new Losses(),
    dataset,
    ownFacts,
    settings: null,
    sawHeldOut: false,
    heldOutLosses: [],
    imported: false,
  };
}

/** What a model takes in training; 0 without one. */
export function bytesOf(model: Model | undefined): number {
  return model ? memoryEstimate(model.state.config, model.settings?.batchSize ?? 1).total : 0;
}

interface Lent {
  backend: Backend;
  dataset: CurrentDataset;
  turns: FairTurns<'training' | 'sampling'>;
  /** What the first model takes. */
  beside(): number;
}

/** A run of a second model, which takes its steps in turns with that of the first, and ends with its bundle on the page. */
export class SecondRun {
  readonly #begin: SecondBeginning;
  readonly #settings: TrainingSettings;
  readonly #listen: (event: TrainingEvent) => unknown;
  readonly #saver: ModelSaver;
  #run: TrainingRun | undefined;
  #model: Model | undefined;
  #paused = false;
  /** Resolves when it has ended, however. */
  ended: Promise<unknown> = Promise.resolve();

  constructor(
    begin: SecondBeginning,
    settings: TrainingSettings,
    listen: (event: TrainingEvent) => unknown,
    keep: KeepSecond,
  ) {
    this.#begin = begin;
    this.#settings = settings;
    this.#listen = listen;
    const autosave = {
      async save(bundle: Uint8Array) {
        const { bytes, step } = exportedModel(bundle, { kind: 'bundle' });
        await keep(bytes, step);
      },
      load: async () => null,
      setAside: async () => null,
    };
    this.#saver = new ModelSaver(autosave, (message) => listen({ kind: 'notice', message }));
  }

  get bytes(): number {
    return bytesOf(this.#model);
  }

  pause(): void {
    this.#paused = true;
    this.#run?.pause();
  }

  /** Trains from its last save on; again where the backend was replaced meanwhile. */
  async train({ backend, dataset, turns, beside }: Lent): Promise<TrainingEnd> {
    // Another backend's results no longer count.
    const run = new TrainingRun(this.#settings, (event) => run === this.#run && this.#listen(event), 0);
    this.#run = run;
    if (this.#paused) run.pause();
    const model = this.#opened(dataset);
    this.#model = model;
    const health = new HealthMonitor();
    try {
      return await trainModel(run, model, { backend, dataset, saver: this.#saver, health, turns, beside });
    } finally {
      if (this.#model === model) this.#model = undefined;
      disposeTrainingState(model.state);
    }
  }

  #opened(dataset: CurrentDataset): Model {
    const bundle = this.#saver.bundle ?? ('bundle' in this.#begin ? this.#begin.bundle : undefined);
    if (bundle) return openModel(bundle);
    const { config, seed } = this.#begin as Exclude<SecondBeginning, { bundle: Uint8Array }>;
    const problem = configProblems(config)[0];
    if (problem) throw new ConfigError(problem.message);
    const { id, own } = dataset.for(config);
    return newModel(config, seed, id, own);
  }
}
