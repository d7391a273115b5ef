import type { LoadedDataset } from '../../engine/data/datasets';
import { useStore } from '../../store/store';

/** The data set on the page, once it is the chosen one; null while it loads. */
export function useCurrentData(): LoadedDataset | null {
  return useStore(({ dataset: { data }, values }) => (data?.id === values.data.dataset ? data : null));
}
