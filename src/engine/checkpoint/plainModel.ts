import type { StateDict } from '../unet/weights';
import type { Checkpoint } from './bundle';
import { CheckpointError, writeModel } from './model';

/** Which weights of a training state, and how many bits each takes. */
export interface PlainModelForm {
  weights: 'ema' | 'raw';
  dtype: 'f32' | 'f16';
}

/** Halves end at 65504; from here on they round to infinity. */
const HALF_LIMIT = 65520;

/**
 * A model without its training, as PyTorch's load_state_dict takes it; `facts` and what the training state knows of its
 * data stand in the metadata. Throws CheckpointError for a weight that float16 cannot hold.
 */
export function plainModel(
  { config, training, weights, ema }: Checkpoint,
  form: PlainModelForm,
  facts: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const chosen: StateDict = form.weights === 'ema' ? ema : weights;
  const half = form.dtype === 'f16';
  if (half && [...chosen.values()].some(({ data }) => data.some((value) => Math.abs(value) >= HALF_LIMIT)))
    throw new CheckpointError('A weight is too large for float16, which ends at 65504: keep float32.');
  const written = half
    ? new Map([...chosen].map(([name, tensor]) => [name, { ...tensor, half: true as const }]))
    : chosen;
  const steps: Record<string, string> = training
    ? { steps: String(training.step), ...kept(training.extra) }
    : {};
  return writeModel(config, written, { ...facts, ...steps });
}

/** What a training state knows of its data that a model says too. */
function kept(extra: unknown): Record<string, string> {
  const { dataset, sawHeldOut } = (extra ?? {}) as { dataset?: unknown; sawHeldOut?: unknown };
  return {
    ...(typeof dataset === 'string' ? { dataset } : {}),
    ...(typeof sawHeldOut === 'boolean' ? { saw_held_out: String(sawHeldOut) } : {}),
  };
}
