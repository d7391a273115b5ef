import { useStore } from '../../store/store';
import type { DatasetMessage } from '../../worker/protocol';

/** The data set on the page, once it is the chosen one; null while it loads. */
export function useCurrentData(): DatasetMessage | null {
  return useStore(({ dataset }) => (dataset.data?.id === dataset.id ? dataset.data : null));
}
