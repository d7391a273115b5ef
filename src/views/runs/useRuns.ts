import { useMemo } from 'react';
import { useStore as useAny } from 'zustand';
import { download } from '../../store/download';
import { startOptionsOf } from '../../store/startOptions';
import { useStore } from '../../store/store';
import { fetchFile } from '../../worker/fetchFile';
import { pageRecorder, pageRuns, written } from './record/pageRecorder';
import type { Run } from './record/run';
import { runActions } from './runActions';
import { comparedRuns, createRuns, type RunsState } from './runsState';
import { sharing } from './share/sharing';

/** The page's own: it loads with the view. */
export const runsStore = createRuns({ storage: pageRuns, written });

const read = (fileName: string) =>
  fetchFile(new URL(`data/${fileName}`, startOptionsOf(location.href).options.baseUrl));
const place = { page: useStore, runs: runsStore, storage: pageRuns, recorder: pageRecorder, download, read };
export const actions = { ...runActions(place), ...sharing(place) };

export function useRuns<Value>(select: (state: RunsState) => Value): Value {
  return useAny(runsStore, select);
}

/** The runs that are compared, in the order of the list. */
export function useCompared(): Run[] {
  const runs = useRuns((state) => state.runs);
  const bodies = useRuns((state) => state.bodies);
  const compared = useRuns((state) => state.compared);
  return useMemo(() => comparedRuns({ runs, bodies, compared }), [runs, bodies, compared]);
}
