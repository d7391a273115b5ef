import { trainingGroup } from '../../../settings/groups/training';
import type { Patch } from '../../../settings/path';
import type { Settings } from '../../../settings/settings';
import { LossHistory } from '../../../store/lossHistory';
import { untrained } from '../../../store/trainingSlice';
import type { TrainingState, TrainingStatus } from '../../../store/trainingState';
import { pageValues } from '../../../testing/values';
import { viewCore } from '../../../testing/viewCore';
import type { ModelReport } from '../../../worker/protocol';

/** The training slice of a page by hand: a test says when a model comes and steps are taken. */
export function trainingPage() {
  const backend = { name: 'wasm' as const, device: 'SIMD', threads: 1, fused: true, notices: [] };
  const session = { status: 'ready' as const, backend, problem: null, stuck: null };
  const core = viewCore({ training: untrained(), session });
  const change = (next: Partial<TrainingState>) =>
    core.setState({ training: { ...core.getState().training, ...next } });
  const model = (): ModelReport => ({ config: pageValues().settings.model, parameters: 9 });
  return {
    core,
    change,
    /** A new model, at step 0 or after the steps of these losses. */
    bring(losses: readonly number[] = [], more: Partial<TrainingState> = {}) {
      const history = new LossHistory();
      history.append(losses.length, losses);
      const step = losses.length;
      const fresh = { heldOutLosses: [], lossByTime: null, preview: null };
      change({ ...fresh, model: model(), dataset: 'digits', step, losses: history, status: 'idle', ...more });
    },
    /** Takes steps with these losses, and stays as `status` says. */
    train(losses: readonly number[], status: TrainingStatus = 'training') {
      const { training: now } = core.getState();
      if (now.status !== 'training') change({ status: 'starting' });
      const step = now.step + losses.length;
      now.losses.append(step, losses);
      change({ status: 'training', step });
      if (status !== 'training') change({ status });
    },
    set: (patch: Patch<Settings>) => core.getState().put(trainingGroup, patch),
  };
}
