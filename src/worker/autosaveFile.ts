import { allFinite } from '../engine/allFinite';
import {
  bundleMetadata,
  bundleParts,
  type Checkpoint,
  LOSSES,
  readBundle,
} from '../engine/checkpoint/bundle';
import { CheckpointError, configOf } from '../engine/checkpoint/model';
import {
  readSafetensors,
  type SafetensorsFile,
  type WrittenTensor,
  writeSafetensors,
} from '../engine/checkpoint/safetensors';
import { OverflowError } from '../engine/training/snapshot';
import type { TrainingState } from '../engine/training/trainer';
import { type Layer, layersOf, weightRows, weightShape } from '../engine/unet/layers';
import { unpackLayer } from '../engine/unet/parameters';

/** In the metadata: each layer is one matrix, as the engine has it. */
const LAYOUT = 'engine';

type Parts = keyof typeof bundleParts;

/**
 * What a bundle holds, without the work of PyTorch's layout: saving must not slow training. `toBundle` makes a bundle of it.
 * Until it resolves, no step may be taken. Rejects with an OverflowError where the state is not finite.
 */
export async function writeAutosave(
  state: TrainingState,
  extra: unknown,
  losses: Float32Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const layers = (Object.keys(bundleParts) as Parts[]).flatMap((part) =>
    [...state[part]].map(([layer, tensor]) => ({ part, layer, tensor })),
  );
  // All at once: a GPU has one way back for them.
  const values = await Promise.all(layers.map(({ tensor }) => tensor.data<'float32'>()));
  const tensors = new Map<string, WrittenTensor>();
  layers.forEach(({ part, layer, tensor }, i) => {
    const data = values[i] as Float32Array;
    if (!allFinite(data)) throw new OverflowError(part, state.step);
    tensors.set(nameOf(part, layer), { shape: tensor.shape, data });
  });
  tensors.set(LOSSES, { shape: [losses.length], data: losses });
  return writeSafetensors(tensors, { ...bundleMetadata(state, extra), layout: LAYOUT });
}

/** Reads an autosave, of earlier versions of the page too. Throws what readBundle throws. */
export function readAutosave(bytes: Uint8Array): Checkpoint {
  return readBundle(toBundle(bytes));
}

/** The bundle of an autosave; those of earlier versions of the page are bundles themselves. */
export function toBundle(bytes: Uint8Array): Uint8Array {
  const file = readSafetensors(bytes);
  const { layout, ...metadata } = file.metadata;
  if (layout !== LAYOUT) return bytes;
  const config = configOf(metadata);
  const tensors = new Map<string, WrittenTensor>();
  for (const [part, prefix] of Object.entries(bundleParts)) {
    for (const layer of layersOf(config)) {
      const packed = matrixOf(file, nameOf(part as Parts, layer.name), layer);
      const { weight, bias } = unpackLayer(layer, packed);
      const name = prefix + layer.name;
      tensors.set(`${name}.weight`, { shape: weightShape(layer), data: weight });
      tensors.set(`${name}.bias`, { shape: [layer.outputs], data: bias });
    }
  }
  const losses = file.tensors.get(LOSSES);
  if (losses) tensors.set(LOSSES, losses);
  return writeSafetensors(tensors, metadata);
}

function matrixOf({ tensors }: SafetensorsFile, name: string, layer: Layer): Float32Array {
  const { data } = tensors.get(name) ?? {};
  if (data instanceof Float32Array && data.length === (weightRows(layer) + 1) * layer.outputs) return data;
  throw new CheckpointError(`its '${name}' is missing or has another size`);
}

function nameOf(part: Parts, layer: string): string {
  return `${part}/${layer}`;
}
