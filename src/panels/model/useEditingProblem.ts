import { editingProblem } from '../../store/editing';
import { useStore } from '../../store/store';

/** Why nothing can be drawn from the images of the data set now; null where it can. */
export function useEditingProblem(): string | null {
  return useStore((state) => editingProblem(state));
}
