import type { BackendReport } from '../engine/backend/report';
import { startBackend } from '../engine/backend/start';
import type { Checkpoint } from '../engine/checkpoint/bundle';
import type { ToldConfig, UntoldConfig } from '../engine/checkpoint/stateDictFile';
import { noAugmentation } from '../engine/data/augmentation';
import { batchSource } from '../engine/data/batches';
import type { ShippedDatasetId } from '../engine/data/datasets';
import type { OwnDataset, OwnDatasetId } from '../engine/data/ownDataset';
import { splitOf } from '../engine/data/split';
import { type MeasureOptions, measureSteps, type Rival } from '../engine/measure/measureSteps';
import { measurePeak } from '../engine/measure/peak';
import { profileStep } from '../engine/measure/profile';
import { shippedModels } from '../engine/models/shippedModels';
import { checkTrainerSettings, createTrainingState, disposeTrainingState } from '../engine/training/trainer';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { checkMemory, parameterCount } from '../engine/unet/size';
import { disposeWeights } from '../engine/unet/weights';
import type { Autosave } from './autosave';
import { type Backend, CurrentBackend, type StartBackend, type WayBack } from './currentBackend';
import { CurrentDataset } from './currentDataset';
import { exportedModel } from './exportedModel';
import { FairTurns } from './fairTurns';
import { HeldOutLosses } from './heldOutLosses';
import { inspectModelFile, modelOfImport, readModelFile } from './importedModel';
import { Losses } from './losses';
import { copyOfModel, type ModelMeans, modelOfFile } from './modelMeans';
import { ModelSaver } from './modelSaver';
import { openSaved } from './openSaved';
import type {
  BackendChange,
  DatasetMessage,
  EngineApi,
  ExportedModel,
  ExportForm,
  ImportedModel,
  ModelReport,
  ModelSource,
  RestoredModel,
  SamplingCommand,
  SamplingEnd,
  SamplingSettings,
  SamplingStep,
  StartOptions,
  TrainingEnd,
  TrainingEvent,
  TrainingSettings,
} from './protocol';
import { SamplingRun } from './samplingRun';
import { samplingShares, sharesOf } from './samplingShare';
import { type Model, openModel } from './savedModel';
import { ShippedWeights } from './shippedWeights';
import {
  type StudyName,
  type StudyReport,
  type StudyRequest,
  type StudyResult,
  studies,
} from './studies/studies';
import { type Study, studyMeans } from './studies/study';
import { TrainingRun } from './trainingRun';

/** What a session needs of the place it runs in: a worker, or a test. */
export interface Surroundings {
  autosave: Autosave;
  /** Reads a file of the folder `data/` at the base URL of the page. */
  readData(baseUrl: string, fileName: string): Promise<Uint8Array>;
  /** The same of the folder `models/`. */
  readModel(baseUrl: string, fileName: string): Promise<Uint8Array>;
  startBackend?: StartBackend;
}

/** What stands behind the page: one backend, one data set, one model, and at most one run of each kind. */
export class Session implements EngineApi {
  #surroundings: Surroundings;
  #options: StartOptions = { baseUrl: '' };
  #starting: Promise<BackendReport> | undefined;
  #backend: CurrentBackend;
  #dataset: CurrentDataset;
  #model: Model | undefined;
  #saver: ModelSaver;
  #shipped: ShippedWeights;
  #shares = sharesOf(samplingShares.default);
  #turns = new FairTurns(this.#shares);
  /** The run that was asked for last. What uses the model as a whole waits in the queue for its turn. */
  #training: TrainingRun | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #sampling: SamplingRun | undefined;
  #samplingEnd: Promise<unknown> = Promise.resolve();
  #listen: ((event: TrainingEvent) => unknown) | undefined;
  #listenToBackend: (change: BackendChange) => unknown = () => {};
  /** For the next listener. */
  #notices: string[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#backend = new CurrentBackend(surroundings.startBackend ?? startBackend, {
      leave: () => this.#leaveBackend(),
      tell: (change) => this.#listenToBackend(change),
    });
    this.#dataset = new CurrentDataset((name) => surroundings.readData(this.#options.baseUrl, name));
    this.#saver = new ModelSaver(surroundings.autosave, (message) => this.#notify(message));
    this.#shipped = new ShippedWeights((name) => surroundings.readModel(this.#options.baseUrl, name));
  }

  start(options: StartOptions, listen?: (change: BackendChange) => unknown): Promise<BackendReport> {
    this.#options = options;
    if (listen) this.#listenToBackend = listen;
    if (options.samplingShare !== undefined) this.#share(options.samplingShare);
    this.#starting ??= this.#backend.start(options.backend);
    return this.#starting;
  }

  async loadDataset(id: ShippedDatasetId): Promise<DatasetMessage> {
    return this.#dataset.load(id);
  }

  async openOwnDataset(dataset: OwnDataset): Promise<DatasetMessage> {
    return this.#dataset.open(dataset);
  }

  createModel(config: ModelConfig, seed: number): Promise<ModelReport> {
    return this.#exclusivelyPersisting(async ({ report, health }) => {
      const problem = configProblems(config)[0];
      if (problem) throw new ConfigError(problem.message);
      checkMemory(config, 1, report.name);
      const { id, own } = this.#dataset.for(config);
      const state = createTrainingState(config, seed);
      const model: Model = {
        state,
        losses: new Losses(),
        dataset: id,
        ownFacts: own,
        settings: null,
        sawHeldOut: false,
        heldOutLosses: [],
        imported: false,
      };
      this.#adopt(model);
      await this.#saver.save(model, () => health.check());
      return reportOf(config);
    });
  }

  restore(): Promise<RestoredModel | null> {
    return this.#exclusivelyPersisting(async ({ health }) => {
      const saved = await openSaved(this.#saver, () => health.check());
      if (!saved) return null;
      const { model, bundle, damage } = saved;
      this.#adopt(model);
      this.#saver.adopt(bundle);
      return { ...restoredModel(model), ...(damage === undefined ? {} : { damage }) };
    });
  }

  async exportModel(form: ExportForm): Promise<ExportedModel> {
    return exportedModel(await this.#savedNow(), form);
  }

  async saveModel(): Promise<void> {
    await this.#savedNow();
    await this.#saver.written();
  }

  inspectModel(file: Blob): Promise<ToldConfig | null> {
    return inspectModelFile(file);
  }

  async importModel(blob: Blob, own: readonly OwnDatasetId[], untold?: UntoldConfig): Promise<ImportedModel> {
    // All that can be wrong with the file is found before the run under way ends.
    const file = readModelFile(new Uint8Array(await blob.arrayBuffer()), own, untold);
    checkMemory(file.checkpoint.config, 1, this.#backend.started.report.name);
    return this.#exclusivelyPersisting(async ({ health }) => {
      const model = modelOfImport(file);
      this.#adopt(model);
      await this.#saver.save(model, () => health.check());
      await this.#saver.written();
      const withTraining = file.checkpoint.training !== undefined;
      return { ...restoredModel(model), settings: file.settings, withTraining };
    });
  }

  /** The bundle of the model as it is now. A run under way makes it between two steps, else it is made here. */
  #savedNow(): Promise<Uint8Array> {
    const next = this.#saver.next();
    // A run may fail before it gets to save, or have nothing to save.
    const ended = this.#queue.then(async () => {
      if (!this.#saver.isAwaited) return;
      await this.#backend.persisting(async ({ health }) => {
        if (!this.#model) throw new Error('There is no model yet: train one first.');
        await this.#saver.save(this.#model, () => health.check());
      });
    });
    this.#queue = ended.catch((error) => this.#saver.refuse(error));
    return next;
  }

  async train(settings: TrainingSettings, listen: (event: TrainingEvent) => unknown): Promise<TrainingEnd> {
    const run = new TrainingRun(settings, listen);
    return this.#exclusively(async () => {
      this.#listen = listen;
      for (const message of this.#notices.splice(0)) this.#notify(message);
      let attempt: TrainingRun | undefined;
      try {
        return await this.#backend.persisting((backend) => {
          const next = attempt?.successor() ?? run;
          // Where another was asked for meanwhile, this one is paused.
          if (attempt && this.#training === attempt) this.#training = next;
          attempt = next;
          return this.#train(next, settings, backend);
        });
      } finally {
        this.#listen = undefined;
      }
    }, run);
  }

  async pauseTraining(): Promise<void> {
    await this.#exclusively(async () => {});
  }

  async sample(settings: SamplingSettings, listen: (step: SamplingStep) => unknown): Promise<SamplingEnd> {
    const run = new SamplingRun(settings);
    this.#sampling?.control('stop');
    this.#sampling = run;
    const { shipped, weights } = settings;
    const source = shipped ? { shipped } : { own: weights };
    const ended = this.#samplingEnd.then(() => this.#withModel(source, (means) => run.run(means, listen)));
    this.#samplingEnd = ended.catch(() => {});
    return ended;
  }

  async setSamplingShare(share: number): Promise<void> {
    this.#share(share);
  }

  async controlSampling(command: SamplingCommand): Promise<void> {
    this.#sampling?.control(command);
  }

  study<Name extends StudyName>(
    name: Name,
    source: ModelSource,
    request: StudyRequest<Name>,
    listen?: (report: StudyReport<Name>) => unknown,
  ): Promise<StudyResult<Name>> {
    const study = studies[name] as unknown as Study<StudyRequest<Name>, StudyResult<Name>, StudyReport<Name>>;
    const tell = async (report: StudyReport<Name>) => (await listen?.(report)) !== false;
    return this.#withModel(source, (means) =>
      study(
        studyMeans(
          means,
          () => this.#dataset.messageFor(means.config),
          (fileName) => this.#surroundings.readModel(this.#options.baseUrl, fileName),
        ),
        request,
        tell,
      ),
    );
  }

  profile(config: ModelConfig, batchSize: number) {
    return this.#exclusivelyComputing(({ operations }) => profileStep(config, batchSize, operations));
  }

  measure(config: ModelConfig, options: MeasureOptions, rival?: Rival) {
    return this.#exclusivelyComputing(({ operations }) => measureSteps(config, operations, options, rival));
  }

  measurePeak() {
    return this.#exclusivelyComputing(({ operations }) => measurePeak(operations));
  }

  /** Ends the run under way, then does `work`, after all that was asked for before. */
  #exclusively<T>(work: () => Promise<T>, run?: TrainingRun): Promise<T> {
    this.#training?.pause();
    this.#training = run;
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  #exclusivelyPersisting<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    return this.#exclusively(() => this.#backend.persisting(work));
  }

  #exclusivelyComputing<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    return this.#exclusively(() => this.#backend.computing(work));
  }

  async #train(run: TrainingRun, settings: TrainingSettings, backend: Backend): Promise<TrainingEnd> {
    const { operations, report, health } = backend;
    const model = this.#model;
    if (!model) throw new Error('There is no model to train: make one first.');
    const { state, losses, heldOutLosses } = model;
    const { id, data, own } = this.#dataset.for(state.config);
    const { training, heldOut } = splitOf(data);
    checkTrainerSettings(settings, training.count);
    checkMemory(state.config, settings.batchSize, report.name);
    Object.assign(model, { dataset: id, ownFacts: own, settings });
    const before = state.step;
    const save = () => this.#saver.save(model, () => health.check());
    const means = {
      state,
      losses,
      operations,
      source: batchSource(training, own?.augmentation ?? noAugmentation),
      heldOut: new HeldOutLosses(state, operations, heldOut, heldOutLosses, settings),
      turns: this.#turns,
      checkBackend: () => health.check(),
      saveIsDue: () => this.#saver.isDue,
      save,
    };
    const end = await run.run(means);
    if (state.step !== before || end.reason === 'diverged') await save();
    await this.#saver.written();
    return end;
  }

  /** Does `work` with a copy of a model. */
  async #withModel<T>(source: ModelSource, work: (means: ModelMeans) => Promise<T>): Promise<T> {
    const file = 'shipped' in source ? await this.#shipped.open(source.shipped) : undefined;
    // The backend may have become another one meanwhile.
    return this.#backend.computing(async ({ operations, health }) => {
      const model =
        'own' in source
          ? copyOfModel(this.#model, source.own)
          : modelOfFile(file as Checkpoint, shippedModels[source.shipped].sawHeldOut);
      const means = { ...model, operations, turns: this.#turns, checkBackend: () => health.check() };
      return work(means).finally(() => disposeWeights(model.weights));
    });
  }

  #share(sampling: number): void {
    this.#shares = sharesOf(sampling);
    this.#turns.setShares(this.#shares);
  }

  #notify(message: string): void {
    if (this.#listen) this.#listen({ kind: 'notice', message });
    else this.#notices.push(message);
  }

  #adopt(model: Model): void {
    const before = this.#model;
    this.#model = model;
    if (before) disposeTrainingState(before.state);
  }

  /** Tensors are gone with the device, and whoever waits for one has its turn for ever: goes on from what was saved last. */
  #leaveBackend(): () => WayBack {
    const before = this.#model?.state;
    this.#model = undefined;
    this.#turns = new FairTurns(this.#shares);
    return () => {
      if (before) disposeTrainingState(before);
      const { bundle } = this.#saver;
      this.#model = bundle && openModel(bundle);
      return { reached: before?.step, step: this.#model?.state.step };
    };
  }
}

function restoredModel({ state, losses, heldOutLosses, ...rest }: Model): RestoredModel {
  const { dataset, ownFacts, settings, imported } = rest;
  return {
    ...reportOf(state.config),
    imported,
    step: state.step,
    losses: losses.from(0),
    heldOutLosses: [...heldOutLosses],
    dataset,
    ownFacts,
    settings,
  };
}

function reportOf(config: ModelConfig): ModelReport {
  return { config, parameters: parameterCount(config) };
}
