import { readBundle } from '../engine/checkpoint/bundle';
import { plainModel } from '../engine/checkpoint/plainModel';
import type { DatasetId } from '../engine/data/datasets';
import type { ExportedModel, ExportForm } from './protocol';

/** Steps whose mean is the loss that is told. */
const tail = 100;

/** The file of a model that was saved as `bundle`, and what is told of it. */
export function exportedModel(bundle: Uint8Array, form: ExportForm): ExportedModel {
  const checkpoint = readBundle(bundle);
  const { config, training } = checkpoint;
  const { dataset } = (training?.extra ?? {}) as { dataset?: DatasetId | null };
  const known = [...(training?.losses.slice(-tail) ?? [])].filter(Number.isFinite);
  return {
    bytes: form.kind === 'bundle' ? bundle : plainModel(checkpoint, form),
    config,
    dataset: dataset ?? null,
    step: training?.step ?? 0,
    loss: known.length === 0 ? null : known.reduce((sum, loss) => sum + loss, 0) / known.length,
  };
}
