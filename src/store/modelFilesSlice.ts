import type { StateCreator } from 'zustand';
import type { InferredConfig, MissingConfig } from '../engine/checkpoint/stateDictFile';
import { isOwnDatasetId } from '../engine/data/ownDataset';
import { messageOf } from '../engine/messageOf';
import type { EngineApi, ExportedModel, ExportForm, ImportedModel } from '../worker/protocol';
import type { OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import type { TrainingSlice } from './trainingSlice';

/** The model in training as a file, and files as the model in training. All reject with a message for the user. */
export interface ModelFilesSlice {
  /** `withImages`: a bundle takes the images along, where the model learned the user's own. */
  exportModel(form: ExportForm, withImages?: boolean): Promise<ExportedModel>;
  /** What the shapes in a file tell, where it has no config of its own; else null. */
  inspectModel(file: Blob): Promise<InferredConfig | null>;
  /** Where the file cannot be used, the model before stays, and trains on. */
  importModel(file: Blob, missing?: MissingConfig): Promise<ImportedModel>;
}

type Needs = ModelFilesSlice &
  TrainingSlice &
  Pick<OwnDatasetsSlice, 'ownDatasets' | 'readOwnDataset' | 'keepOwnDataset'>;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createModelFilesSlice(
  engine: Pick<EngineApi, 'exportModel' | 'inspectModel' | 'importModel'>,
): StateCreator<Needs, [], [], ModelFilesSlice> {
  return (_, get) => ({
    async exportModel(form, withImages = false) {
      const { dataset } = get().training;
      if (!withImages || dataset === null || !isOwnDatasetId(dataset)) return engine.exportModel(form);
      return engine.exportModel(form, await get().readOwnDataset(dataset));
    },
    inspectModel: (file) => engine.inspectModel(file),
    importModel: (file, missing) =>
      get().replaceModel(async () => {
        const model = await engine.importModel(file, get().ownDatasets.listed, missing);
        if (!model.images) return model;
        // The model is there already: that its images find no room does not take it away.
        const problem = await get()
          .keepOwnDataset(model.images)
          .then(() => null, messageOf);
        return problem === null ? model : { ...model, images: null, notices: [...model.notices, problem] };
      }),
  });
}
