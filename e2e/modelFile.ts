import { writeModel } from '../src/engine/checkpoint/model';
import { parseModelConfig } from '../src/engine/unet/config';
import { layersOf, weightShape } from '../src/engine/unet/layers';

/** A model of 8×8 digits, small enough to be sampled at once. */
const small = { image_channels: 1, image_size: 8, n_channels: 8, ch_mults: [1, 2], is_attn: [false, true] };

/** The file of a model with weights of 0.5, but for what `change` does to them. */
export function modelFile(
  config: Partial<typeof small>,
  change: (weights: ReadonlyMap<string, Float32Array>) => unknown,
): Buffer {
  const whole = parseModelConfig({
    ...{ ...small, n_blocks: 1, n_steps: 1000, n_groups: 4, n_final_groups: 4 },
    ...config,
  });
  const tensors = new Map<string, { shape: number[]; data: Float32Array }>();
  for (const layer of layersOf(whole)) {
    const shape = weightShape(layer);
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5);
    tensors.set(`${layer.name}.weight`, { shape, data });
    tensors.set(`${layer.name}.bias`, { shape: [layer.outputs], data: data.slice(0, layer.outputs) });
  }
  change(new Map([...tensors].map(([name, { data }]) => [name, data])));
  return Buffer.from(writeModel(whole, tensors));
}
