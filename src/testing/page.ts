import type { BackendReport } from '../engine/backend/report';
import { type DatasetId, datasets, type LoadedDataset, type ShippedDatasetId } from '../engine/data/datasets';

/** A backend that is quick enough to draw by itself. */
export const backendReport: BackendReport = {
  name: 'wasm',
  device: 'SIMD',
  threads: 1,
  fused: true,
  notices: [],
};

/** A data set that ships, without its images. */
export function datasetWithoutImages(id: DatasetId): LoadedDataset {
  const { count, imageSize, channels, classNames } = datasets[id as ShippedDatasetId];
  return { id, images: new Float32Array(), labels: new Uint8Array(), count, imageSize, channels, classNames };
}
