import type { ModelConfig } from '../../engine/unet/config';
import { layersOf, weightRows } from '../../engine/unet/layers';
import type { UNetModule } from '../../engine/unet/modules';

/** What each kind of module is called. */
export const kindTitles: Record<UNetModule['kind'], string> = {
  time: 'Time embedding',
  convolution: 'Convolution',
  residual: 'Residual block',
  attention: 'Attention',
  downsample: 'Downsampling',
  upsample: 'Upsampling',
};

/** "32 × 8×8": channels, and the size of its maps. */
export function shapeText({ outputs, size, kind }: UNetModule): string {
  return kind === 'time' ? String(outputs) : `${outputs} × ${size}×${size}`;
}

/** Layers outside their module: the last norm goes with the convolution after it. */
const owners: Record<string, string> = { norm: 'final', class_emb: 'time_emb' };

/** Number of parameters of each module, by its name. */
export function parametersByModule(config: ModelConfig, modules: readonly UNetModule[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const layer of layersOf(config)) {
    const owner = owners[layer.name] ?? layer.name;
    const module = modules.find(({ name }) => owner === name || owner.startsWith(`${name}.`));
    if (module)
      counts.set(module.name, (counts.get(module.name) ?? 0) + (weightRows(layer) + 1) * layer.outputs);
  }
  return counts;
}
