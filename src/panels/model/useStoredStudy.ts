import { useEffect } from 'react';
import { isRunning, type StudyRun } from '../../store/studyRunner';
import { useSampledModel } from './useModel';

/** Shows what was measured in advance of the chosen model, where it ships and the view shows nothing of it yet. */
export function useStoredStudy(
  run: Pick<StudyRun, 'status' | 'shipped'> & { recall(): Promise<void> },
  blocked: boolean,
): void {
  const chosen = useSampledModel()?.shipped;
  const missing = !blocked && chosen !== undefined && run.shipped !== chosen && !isRunning(run);
  const { recall } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another model is another answer.
  useEffect(() => {
    if (missing) void recall();
  }, [missing, chosen, recall]);
}
