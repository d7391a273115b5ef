import type { StateCreator } from 'zustand';
import type { InferredConfig, MissingConfig } from '../engine/checkpoint/stateDictFile';
import type { EngineApi, ExportedModel, ExportForm, ImportedModel } from '../worker/protocol';
import type { OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import type { TrainingSlice } from './trainingSlice';

/** The model in training as a file, and files as the model in training. All reject with a message for the user. */
export interface ModelFilesSlice {
  exportModel(form: ExportForm): Promise<ExportedModel>;
  /** What the shapes in a file tell, where it has no config of its own; else null. */
  inspectModel(file: Blob): Promise<InferredConfig | null>;
  /** Where the file cannot be used, the model before stays, and trains on. */
  importModel(file: Blob, missing?: MissingConfig): Promise<ImportedModel>;
}

type Needs = ModelFilesSlice & TrainingSlice & Pick<OwnDatasetsSlice, 'ownDatasets'>;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createModelFilesSlice(
  engine: Pick<EngineApi, 'exportModel' | 'inspectModel' | 'importModel'>,
): StateCreator<Needs, [], [], ModelFilesSlice> {
  return (_, get) => ({
    exportModel: (form) => engine.exportModel(form),
    inspectModel: (file) => engine.inspectModel(file),
    importModel: (file, missing) =>
      get().replaceModel(() => engine.importModel(file, get().ownDatasets.listed, missing)),
  });
}
