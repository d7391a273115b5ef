import { readBundle } from '../engine/checkpoint/bundle';
import { withImages } from '../engine/checkpoint/bundledImages';
import { plainModel } from '../engine/checkpoint/plainModel';
import type { DatasetId } from '../engine/data/datasets';
import type { OwnDataset } from '../engine/data/ownDataset';
import { toBundle } from './autosaveFile';
import type { ExportedModel, ExportForm } from './protocol';

/** The loss that is shown is the mean over this many steps. */
const tail = 100;

/** The file of a model that was saved as `autosave`, with the facts that are shown about it; `images` go into a bundle. */
export function exportedModel(autosave: Uint8Array, form: ExportForm, images?: OwnDataset): ExportedModel {
  const bundle = toBundle(autosave);
  const checkpoint = readBundle(bundle);
  const { config, training } = checkpoint;
  const { dataset } = (training?.extra ?? {}) as { dataset?: DatasetId | null };
  const known = [...(training?.losses.slice(-tail) ?? [])].filter(Number.isFinite);
  return {
    bytes: form.kind === 'model' ? plainModel(checkpoint, form) : bundleOf(bundle, dataset, images),
    config,
    dataset: dataset ?? null,
    step: training?.step ?? 0,
    loss: known.length === 0 ? null : known.reduce((sum, loss) => sum + loss, 0) / known.length,
  };
}

/** Images of another data set than the model learned are not its own: it was changed meanwhile. */
function bundleOf(
  bundle: Uint8Array,
  dataset: DatasetId | null | undefined,
  images?: OwnDataset,
): Uint8Array {
  return images && images.id === dataset ? withImages(bundle, images, images) : bundle;
}
