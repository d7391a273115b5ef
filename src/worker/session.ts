import type { BackendReport } from '../engine/backend/report';
import { startBackend } from '../engine/backend/start';
import { readBundle, writeBundle } from '../engine/checkpoint/bundle';
import { restoreTrainingState } from '../engine/checkpoint/restore';
import { batchSource } from '../engine/data/batches';
import type { Dataset } from '../engine/data/dataset';
import { type DatasetId, datasets, isDatasetId, loadDataset } from '../engine/data/datasets';
import type { Operations } from '../engine/kernels/operations';
import { type MeasureOptions, measureSteps, type Rival } from '../engine/measure/measureSteps';
import { measurePeak } from '../engine/measure/peak';
import { profileStep } from '../engine/measure/profile';
import {
  checkTrainerSettings,
  createTrainingState,
  disposeTrainingState,
  type TrainingState,
} from '../engine/training/trainer';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { memoryEstimate, memoryLimit, parameterCount } from '../engine/unet/size';
import type { Autosave } from './autosave';
import { fetchFile } from './fetchFile';
import { Losses } from './losses';
import type {
  EngineApi,
  ModelReport,
  SamplingSettings,
  SamplingStep,
  StartOptions,
  TrainingEnd,
  TrainingEvent,
  TrainingSettings,
} from './protocol';
import { SamplingRun } from './samplingRun';
import { TrainingRun } from './trainingRun';

/** Between two saves while training. */
const SAVE_EVERY_MS = 30_000;

/** Weights that are known to be sound, as a bundle. */
interface SoundBundle {
  bundle: Uint8Array;
  /** When it was made: performance.now(). */
  at: number;
}

/** A model with all that belongs to it. */
interface Model {
  state: TrainingState;
  losses: Losses;
  dataset: DatasetId;
}

/** What stands behind the page: one backend, one data set, one model, at most one run of each kind. */
export class Session implements EngineApi {
  #autosave: Autosave;
  #options: StartOptions = { baseUrl: '' };
  #operations: Operations | undefined;
  #report: BackendReport | undefined;
  /** Why the GPU's device is gone, once it is. */
  #lost: string | undefined;
  #dataset: { id: DatasetId; data: Dataset } | undefined;
  #model: Model | undefined;
  #settings: TrainingSettings | undefined;
  /** The last bundle of weights that are known to be sound. */
  #sound: SoundBundle | undefined;
  #training: TrainingRun | undefined;
  #trainingEnd: Promise<unknown> = Promise.resolve();
  #sampling: SamplingRun | undefined;
  #samplingEnd: Promise<unknown> = Promise.resolve();

  constructor(autosave: Autosave) {
    this.#autosave = autosave;
  }

  async start(options: StartOptions): Promise<BackendReport> {
    this.#options = options;
    return this.#startBackend([]);
  }

  async loadDataset(id: DatasetId) {
    const data = await loadDataset(id, (name) => fetchFile(new URL(`data/${name}`, this.#options.baseUrl)));
    this.#dataset = { id, data };
    return { id, ...data };
  }

  async createModel(config: ModelConfig, seed: number): Promise<ModelReport> {
    this.#started();
    const problem = configProblems(config)[0];
    if (problem) throw new ConfigError(problem.message);
    this.#checkMemory(config, 1);
    const { id } = this.#loaded(config);
    await this.#endTraining();
    this.#adopt({ state: createTrainingState(config, seed), losses: new Losses(), dataset: id });
    return reportOf(config);
  }

  async restore() {
    this.#started();
    const bundle = await this.#autosave.load().catch(() => null);
    if (!bundle) return null;
    const checkpoint = readBundle(bundle);
    const { extra, losses = new Float32Array(), step = 0 } = checkpoint.training ?? {};
    const { dataset, settings } = extra as { dataset: string; settings: TrainingSettings };
    if (!isDatasetId(dataset))
      throw new Error(`The model of your last visit learned a data set '${dataset}', which is gone.`);
    await this.#endTraining();
    this.#adopt({ state: restoreTrainingState(checkpoint), losses: new Losses(losses), dataset });
    this.#sound = { bundle, at: performance.now() };
    this.#settings = settings;
    return { ...reportOf(checkpoint.config), step, losses, dataset, settings };
  }

  async train(settings: TrainingSettings, listen: (event: TrainingEvent) => void): Promise<TrainingEnd> {
    const operations = this.#started();
    const model = this.#model;
    if (!model) throw new Error('There is no model to train: make one first.');
    const { data } = this.#loaded(model.state.config);
    checkTrainerSettings(settings, data.count);
    this.#checkMemory(model.state.config, settings.batchSize);
    await this.#endTraining();
    this.#settings = settings;
    const { state, losses } = model;
    const save = (bundle: Uint8Array) =>
      this.#autosave.save(bundle).catch((error: unknown) => {
        const message = `Your model could not be saved in this browser (${messageOf(error)}): it is lost when you leave.`;
        listen({ kind: 'notice', message });
      });
    const saveIfDue = async () => {
      if (performance.now() - (this.#sound?.at ?? 0) > SAVE_EVERY_MS) await save(await this.#bundle(model));
    };
    if (!this.#sound) await this.#bundle(model);
    const run = new TrainingRun(
      { state, losses, operations, source: batchSource(data), saveIfDue },
      settings,
      listen,
    );
    this.#training = run;
    const ended = this.#run(run, model, save);
    this.#trainingEnd = ended.catch(() => {});
    return ended;
  }

  async pauseTraining(): Promise<void> {
    await this.#endTraining();
  }

  async sample(settings: SamplingSettings, listen: (step: SamplingStep) => unknown) {
    const operations = this.#started();
    if (!this.#model) throw new Error('There is no model to sample from: train one first.');
    this.#sampling?.control('stop');
    await this.#samplingEnd;
    const run = new SamplingRun(settings);
    this.#sampling = run;
    const ended = run.run(this.#model.state, operations, listen);
    this.#samplingEnd = ended.catch(() => {});
    return ended;
  }

  async controlSampling(command: Parameters<SamplingRun['control']>[0]): Promise<void> {
    this.#sampling?.control(command);
  }

  profile(config: ModelConfig, batchSize: number) {
    return profileStep(config, batchSize, this.#started());
  }

  measure(config: ModelConfig, options: MeasureOptions, rival?: Rival) {
    return measureSteps(config, this.#started(), options, rival);
  }

  measurePeak() {
    return measurePeak(this.#started());
  }

  async #startBackend(without: BackendReport['name'][]): Promise<BackendReport> {
    this.#lost = undefined;
    const { backend } = this.#options;
    const onLost = (reason: string) => {
      this.#lost = reason;
    };
    const { report, operations } = await startBackend({ backend, without, onLost });
    this.#operations = operations;
    this.#report = report;
    return report;
  }

  async #run(
    run: TrainingRun,
    model: Model,
    save: (bundle: Uint8Array) => Promise<void>,
  ): Promise<TrainingEnd> {
    try {
      const end = await run.run();
      if (end.reason === 'diverged') return { ...end, ...(await this.#goBack(end.step)) };
      await save(await this.#bundle(model));
      return end;
    } catch (error) {
      if (!this.#lost) throw error;
      const { name } = this.#report as BackendReport;
      const lost = this.#lost;
      // Its tensors are gone with the device: they must not be disposed of on the next one.
      this.#model = undefined;
      const report = await this.#startBackend([name]);
      const { step } = await this.#goBack(model.losses.length);
      throw new Error(
        `The GPU stopped (${lost}). The model of step ${step} is back and goes on with ${report.name}: press Start to go on.`,
      );
    } finally {
      if (this.#training === run) this.#training = undefined;
    }
  }

  /** Puts the last sound weights in the place of the model's. */
  async #goBack(failed: number): Promise<{ step: number; message: string }> {
    const { bundle, at } = this.#sound as SoundBundle;
    const checkpoint = readBundle(bundle);
    const { losses, step = 0, extra } = { losses: new Float32Array(), ...checkpoint.training };
    const { dataset } = extra as { dataset: DatasetId };
    this.#adopt({ state: restoreTrainingState(checkpoint), losses: new Losses(losses), dataset });
    this.#sound = { bundle, at };
    const rate = (this.#settings?.learningRate ?? 0) / 4;
    const message =
      `The loss of step ${failed} is not a number: training has diverged. The model is back as it was at step ${step}. ` +
      `Take a lower learning rate, ${rate.toPrecision(1)} say, and start again.`;
    return { step, message };
  }

  /** The bundle of a model between two steps. Weights that are no numbers do not take the place of sound ones. */
  async #bundle({ state, losses, dataset }: Model): Promise<Uint8Array> {
    const bundle = await writeBundle(state, { dataset, settings: this.#settings ?? null }, losses.from(0));
    readBundle(bundle);
    this.#sound = { bundle, at: performance.now() };
    return bundle;
  }

  #adopt(model: Model): void {
    const before = this.#model;
    this.#model = model;
    this.#sound = undefined;
    if (before) disposeTrainingState(before.state);
  }

  async #endTraining(): Promise<void> {
    this.#training?.pause();
    await this.#trainingEnd;
  }

  #started(): Operations {
    if (!this.#operations) throw new Error('The engine has not started.');
    return this.#operations;
  }

  /** The data set on the page. Throws where its pictures do not fit the model. */
  #loaded({ imageSize, imageChannels }: ModelConfig): { id: DatasetId; data: Dataset } {
    if (!this.#dataset) throw new Error('There is no data set: choose one first.');
    const { data, id } = this.#dataset;
    if (data.imageSize === imageSize && data.channels === imageChannels) return this.#dataset;
    throw new Error(
      `The model takes pictures of ${imageSize}×${imageSize} in ${imageChannels} channels, but ${datasets[id].title} has ` +
        `${data.imageSize}×${data.imageSize} in ${data.channels}: choose the data set it was made for, or make a new model.`,
    );
  }

  #checkMemory(config: ModelConfig, batchSize: number): void {
    const { total } = memoryEstimate(config, batchSize);
    const limit = memoryLimit((this.#report as BackendReport).name);
    if (total <= limit) return;
    const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
    throw new Error(
      `Training this model takes about ${gib(total)}, and there are ${gib(limit)}: take fewer channels or a smaller batch.`,
    );
  }
}

function reportOf(config: ModelConfig): ModelReport {
  return { config, parameters: parameterCount(config) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
