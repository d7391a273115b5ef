import { noAugmentation } from '../engine/data/augmentation';
import { batchSource } from '../engine/data/batches';
import { splitOf } from '../engine/data/split';
import type { HealthMonitor } from '../engine/network/healthMonitor';
import { checkTrainerSettings } from '../engine/training/trainer';
import { checkMemory } from '../engine/unet/size';
import type { TrainingSettings } from '../settings/settings';
import type { Backend } from './currentBackend';
import type { CurrentDataset } from './currentDataset';
import type { FairTurns } from './fairTurns';
import { HeldOutLosses } from './heldOutLosses';
import type { Model } from './model';
import type { ModelSaver } from './modelSaver';
import type { TrainingEnd } from './protocol';
import type { TrainingRun } from './trainingRun';

/** What the session lends to a run. */
interface Lent {
  backend: Backend;
  dataset: CurrentDataset;
  saver: ModelSaver;
  health: HealthMonitor;
  turns: FairTurns<'training' | 'sampling'>;
  /** Bytes that another model takes, which trains in turns with this one. */
  beside(): number;
}

/** Trains a model on the current data set, without its held-out images, and saves what came of it. */
export async function trainModel(
  run: TrainingRun,
  model: Model,
  { backend, dataset, saver, health, turns, beside }: Lent,
): Promise<TrainingEnd> {
  const { state, losses, heldOutLosses } = model;
  const { operations } = backend;
  const { id, data, own } = dataset.for(state.config);
  const { training, heldOut } = splitOf(data);
  Object.assign(model, { dataset: id, ownFacts: own });
  const before = state.step;
  const checkBackend = () => backend.health.check();
  const save = () => saver.save(model, checkBackend);
  const end = await run.run({
    state,
    losses,
    operations,
    source: batchSource(training, own?.augmentation ?? noAugmentation),
    heldOut: new HeldOutLosses(state, operations, heldOut, heldOutLosses, () => model.settings ?? {}),
    health,
    turns,
    takeSettings: (settings: TrainingSettings) => {
      checkTrainerSettings(settings, training.count);
      checkMemory(state.config, settings.batchSize, backend.report.name, beside());
      model.settings = settings;
    },
    checkBackend,
    saveIsDue: () => saver.isDue,
    save,
  });
  if (state.step !== before || end.reason === 'diverged') await save();
  await saver.written();
  return end;
}
