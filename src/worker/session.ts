import type { BackendReport } from '../engine/backend/report';
import { startBackend } from '../engine/backend/start';
import { foundWords } from '../engine/checkpoint/foundWords';
import type { InferredConfig, MissingConfig } from '../engine/checkpoint/stateDictFile';
import type { LoadedDataset, ShippedDatasetId } from '../engine/data/datasets';
import type { OwnDataset, OwnDatasetId } from '../engine/data/ownDataset';
import { type MeasureOptions, measureSteps, type Rival } from '../engine/measure/measureSteps';
import { measurePeak } from '../engine/measure/peak';
import { profileStep } from '../engine/measure/profile';
import type { ShippedModelId } from '../engine/models/shippedModels';
import { HealthMonitor } from '../engine/network/healthMonitor';
import {
  type AnyStudy,
  type ReportOf,
  type RequestOf,
  type ResultOf,
  type Study,
  studyEnvironment,
} from '../engine/study/study';
import { disposeTrainingState } from '../engine/training/trainer';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { checkMemory } from '../engine/unet/size';
import { disposeWeights } from '../engine/unet/weights';
import type { SamplingSettings } from '../settings/samplingSettings';
import { samplingShares, sharesOf } from '../settings/samplingShare';
import type { PreviewSettings, TrainingSettings } from '../settings/settings';
import type { Autosave } from './autosave';
import { type Backend, CurrentBackend, type Recovery, type StartBackend } from './currentBackend';
import { CurrentDataset } from './currentDataset';
import { exportedModel } from './exportedModel';
import { FairTurns } from './fairTurns';
import { inspectModelFile, modelOfImport, readModelFile } from './importedModel';
import type { Model } from './model';
import { type ModelContext, takeTurn } from './modelContext';
import { ModelSaver } from './modelSaver';
import { ModelSources } from './modelSources';
import { openSaved } from './openSaved';
import { checkPreviewSettings, drawPreview } from './preview';
import type {
  BackendChange,
  EngineApi,
  ExportedModel,
  ExportForm,
  ImportedModel,
  KeepSecond,
  ModelReport,
  ModelSource,
  RestoredModel,
  SamplingCommand,
  SamplingEnd,
  SamplingStep,
  SecondBeginning,
  StartOptions,
  TrainingEnd,
  TrainingEvent,
} from './protocol';
import { reportOf, restoredModel } from './restoredModel';
import { SamplingRun } from './samplingRun';
import { openModel } from './savedModel';
import { bytesOf, newModel, SecondRun } from './secondRun';
import { TrainingRun } from './trainingRun';
import { trainModel } from './trainModel';

/** What a session needs from the place where it runs: a worker or a test. */
export interface SessionEnvironment {
  autosave: Autosave;
  /** Reads a file of the folder `data/` under the page's base URL. */
  readData(baseUrl: string, fileName: string): Promise<Uint8Array>;
  /** Reads a file of the folder `models/`. */
  readModel(baseUrl: string, fileName: string): Promise<Uint8Array>;
  startBackend?: StartBackend;
  /** The studies that `study` can run, by name. */
  studies?: Readonly<Record<string, AnyStudy>>;
}

/** The engine behind the page: one backend, one data set, one model, and at most one run of each kind. */
export class Session implements EngineApi {
  #environment: SessionEnvironment;
  #options: StartOptions = { baseUrl: '' };
  #starting: Promise<BackendReport> | undefined;
  #backend: CurrentBackend;
  #dataset: CurrentDataset;
  #model: Model | undefined;
  #saver: ModelSaver;
  #sources: ModelSources;
  #shares = sharesOf(samplingShares.default);
  #turns = new FairTurns(this.#shares);
  /** The latest training run. Work that needs the whole model waits in the queue for its turn. */
  #training: TrainingRun | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** The run of a second model, in turns with it. */
  #second: SecondRun | undefined;
  #sampling: SamplingRun | undefined;
  #samplingEnd: Promise<unknown> = Promise.resolve();
  /** Whether it is measured, and by what in the run under way. */
  #measuresHealth = false;
  #health: HealthMonitor | undefined;
  #listen: ((event: TrainingEvent) => unknown) | undefined;
  #listenToBackend: (change: BackendChange) => unknown = () => {};
  /** Messages for the next listener. */
  #notices: string[] = [];

  constructor(environment: SessionEnvironment) {
    this.#environment = environment;
    this.#backend = new CurrentBackend(environment.startBackend ?? startBackend, {
      leave: () => this.#leaveBackend(),
      tell: (change) => this.#listenToBackend(change),
    });
    this.#dataset = new CurrentDataset((name) => environment.readData(this.#options.baseUrl, name));
    this.#saver = new ModelSaver(
      environment.autosave,
      (message) => this.#notify(message),
      (save) => this.#listen?.({ kind: 'saved', ...save }),
    );
    this.#sources = new ModelSources(
      (name) => environment.readModel(this.#options.baseUrl, name),
      () => this.#model,
    );
  }

  start(options: StartOptions, listen?: (change: BackendChange) => unknown): Promise<BackendReport> {
    this.#options = options;
    if (listen) this.#listenToBackend = listen;
    if (options.samplingShare !== undefined) this.#share(options.samplingShare);
    this.#starting ??= this.#backend.start(options.backend);
    return this.#starting;
  }

  async loadDataset(id: ShippedDatasetId): Promise<LoadedDataset> {
    return this.#dataset.load(id);
  }

  async openOwnDataset(dataset: OwnDataset): Promise<LoadedDataset> {
    return this.#dataset.open(dataset);
  }

  createModel(config: ModelConfig, seed: number): Promise<ModelReport> {
    return this.#exclusivelyPersisting(async ({ report, health }) => {
      const problem = configProblems(config)[0];
      if (problem) throw new ConfigError(problem.message);
      checkMemory(config, 1, report.name);
      const { id, own } = this.#dataset.for(config);
      const model = newModel(config, seed, id, own);
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

  async exportModel(form: ExportForm, images?: OwnDataset): Promise<ExportedModel> {
    return exportedModel(await this.#savedNow(), form, images);
  }

  async saveModel(): Promise<void> {
    await this.#savedNow();
    await this.#saver.written();
  }

  inspectModel(file: Blob): Promise<InferredConfig | null> {
    return inspectModelFile(file);
  }

  async importModel(
    blob: Blob,
    own: readonly OwnDatasetId[],
    missing?: MissingConfig,
  ): Promise<ImportedModel> {
    // A bad file must be refused before the current run ends.
    const file = readModelFile(new Uint8Array(await blob.arrayBuffer()), own, missing);
    checkMemory(file.checkpoint.config, 1, this.#backend.started.report.name);
    return this.#exclusivelyPersisting(async ({ health }) => {
      const model = modelOfImport(file);
      this.#adopt(model);
      await this.#saver.save(model, () => health.check());
      await this.#saver.written();
      const withTraining = file.checkpoint.training !== undefined;
      const notices = [...this.#notices.splice(0)];
      if (file.problems.length > 0)
        notices.unshift(`Not all of its training settings can be used: ${file.problems.join(' ')}`);
      const note = file.found && foundWords(file.found);
      const { settings, images } = file;
      return { ...restoredModel(model), settings, withTraining, note, notices, images };
    });
  }

  /** A bundle of the current model. A training run makes it between two steps; without a run it is made here. */
  #savedNow(): Promise<Uint8Array> {
    const next = this.#saver.next();
    // The run may fail before it saves, or take no step.
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
          // If another run was requested meanwhile, this one is paused.
          if (attempt && this.#training === attempt) this.#training = next;
          attempt = next;
          return this.#train(next, backend);
        });
      } finally {
        this.#listen = undefined;
      }
    }, run);
  }

  async changeTraining(settings: TrainingSettings): Promise<void> {
    this.#training?.change(settings);
  }

  async pauseTraining(): Promise<void> {
    await this.#exclusively(async () => {});
  }

  async trainSecond(
    begin: SecondBeginning,
    settings: TrainingSettings,
    listen: (event: TrainingEvent) => unknown,
    keep: KeepSecond,
  ): Promise<TrainingEnd> {
    if (this.#second) throw new Error('A second model is in training already.');
    const second = new SecondRun(begin, settings, listen, keep);
    this.#second = second;
    const end = this.#backend.persisting((backend) =>
      second.train({
        ...{ backend, dataset: this.#dataset, turns: this.#turns },
        beside: () => bytesOf(this.#model),
      }),
    );
    second.ended = end
      .catch(() => {})
      .then(() => {
        this.#second = undefined;
      });
    await second.ended;
    return end;
  }

  async sample(settings: SamplingSettings, listen: (step: SamplingStep) => unknown): Promise<SamplingEnd> {
    const run = new SamplingRun(settings);
    this.#sampling?.control('stop');
    this.#sampling = run;
    const { shipped, weights } = settings;
    const source = shipped ? { shipped } : { own: weights };
    const ended = this.#samplingEnd.then(() =>
      this.#withModel(source, (context) => run.run(context, listen)),
    );
    this.#samplingEnd = ended.catch(() => {});
    return ended;
  }

  async drawPreview(settings: PreviewSettings): Promise<Float32Array> {
    checkPreviewSettings(settings);
    return this.#withModel({ own: 'ema' }, (context) => drawPreview(context, settings));
  }

  async setSamplingShare(share: number): Promise<void> {
    this.#share(share);
  }

  async setHealth(on: boolean): Promise<void> {
    this.#measuresHealth = on;
    this.#health?.switch(on);
  }

  async controlSampling(command: SamplingCommand): Promise<void> {
    this.#sampling?.control(command);
  }

  async study<Asked extends AnyStudy>(
    name: string,
    source: ModelSource,
    request: RequestOf<Asked>,
    listen?: (report: ReportOf<Asked>) => unknown,
  ): Promise<ResultOf<Asked>> {
    const study = this.#environment.studies?.[name] as
      | Study<RequestOf<Asked>, ResultOf<Asked>, ReportOf<Asked>>
      | undefined;
    if (!study) throw new Error(`There is no study '${name}'.`);
    return this.#withModel(source, (model) => {
      const place = {
        inTurn: <T>(work: () => Promise<T> | T) => takeTurn(model, work),
        dataset: () => this.#dataset.messageFor(model.config),
        readModel: (fileName: string) => this.#environment.readModel(this.#options.baseUrl, fileName),
      };
      return study(
        studyEnvironment(model, place),
        request,
        async (report) => (await listen?.(report)) !== false,
      );
    });
  }

  recall<Asked extends AnyStudy>(name: string, id: ShippedModelId, request: RequestOf<Asked>) {
    return this.#sources.recall<Asked>(name, id, request);
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

  /** Ends the training runs, then does `work` after everything that was queued before. */
  #exclusively<T>(work: () => Promise<T>, run?: TrainingRun): Promise<T> {
    this.#training?.pause();
    this.#training = run;
    // A run goes on in turns with that of a second model; all else waits for its end.
    if (!run) this.#second?.pause();
    const second = run ? undefined : this.#second?.ended;
    const done = this.#queue.then(() => second).then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  #exclusivelyPersisting<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    return this.#exclusively(() => this.#backend.persisting(work));
  }

  #exclusivelyComputing<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    return this.#exclusively(() => this.#backend.computing(work));
  }

  async #train(run: TrainingRun, backend: Backend): Promise<TrainingEnd> {
    const model = this.#model;
    if (!model) throw new Error('There is no model to train: make one first.');
    this.#health = new HealthMonitor();
    this.#health.switch(this.#measuresHealth);
    return trainModel(run, model, {
      backend,
      dataset: this.#dataset,
      saver: this.#saver,
      health: this.#health,
      turns: this.#turns,
      beside: () => this.#second?.bytes ?? 0,
    }).finally(() => {
      this.#health = undefined;
    });
  }

  /** Does `work` with a copy of a model, and disposes of the copy. */
  async #withModel<T>(source: ModelSource, work: (context: ModelContext) => Promise<T>): Promise<T> {
    const load = await this.#sources.open(source);
    // The backend may have been replaced meanwhile.
    return this.#backend.computing(async ({ operations, health }) => {
      const model = load();
      const context = { ...model, operations, turns: this.#turns, checkBackend: () => health.check() };
      return work(context).finally(() => disposeWeights(model.weights));
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

  /** A lost device takes its tensors with it, and work that waits for one never ends its turn. Goes on from the last save. */
  #leaveBackend(): () => Recovery {
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
