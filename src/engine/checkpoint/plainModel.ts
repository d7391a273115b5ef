import { floatsOf } from '../halves';
import type { StateDict } from '../unet/weights';
import type { Checkpoint } from './bundle';
import { CheckpointError, writeModel } from './model';
import type { WrittenTensor } from './safetensors';

/** Which weights of a training state, and how many bits each takes. */
export interface PlainModelForm {
  weights: 'ema' | 'raw';
  dtype: 'f32' | 'f16';
}

/** Halves end at 65504; from here on they round to infinity. */
const HALF_LIMIT = 65520;

/**
 * A model without its training, as PyTorch's load_state_dict takes it; `facts`, and what the training state knows of its
 * data beside these, stand in the metadata. Throws CheckpointError for a weight that float16 cannot hold.
 */
export function plainModel(
  { config, training, weights, ema }: Checkpoint,
  form: PlainModelForm,
  facts: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const chosen: StateDict = form.weights === 'ema' ? ema : weights;
  const writtenAs = form.dtype === 'f16' ? asHalves : asFloats;
  const written = new Map([...chosen].map(([name, tensor]) => [name, writtenAs(tensor)]));
  const steps: Record<string, string> = training
    ? { steps: String(training.step), ...kept(training.extra) }
    : {};
  return writeModel(config, written, { ...steps, ...facts });
}

type Parameter = StateDict extends Map<string, infer Value> ? Value : never;

function asFloats({ shape, data }: Parameter): WrittenTensor {
  return { shape, data: floatsOf(data) };
}

/** Rounded; what comes as halves stays as it is. */
function asHalves({ shape, data }: Parameter): WrittenTensor {
  if (!(data instanceof Float32Array)) return { shape, data };
  if (data.some((value) => Math.abs(value) >= HALF_LIMIT))
    throw new CheckpointError('A weight is too large for float16, which ends at 65504: keep float32.');
  return { shape, data, half: true };
}

/** What a training state knows of its data that a model says too. */
function kept(extra: unknown): Record<string, string> {
  const { dataset, sawHeldOut } = (extra ?? {}) as { dataset?: unknown; sawHeldOut?: unknown };
  return {
    ...(typeof dataset === 'string' ? { dataset } : {}),
    ...(typeof sawHeldOut === 'boolean' ? { saw_held_out: String(sawHeldOut) } : {}),
  };
}
