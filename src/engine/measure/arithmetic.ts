import type { ModelConfig } from '../unet/config';
import { blocksOf, layersOf, weightRows } from '../unet/layers';

/**
 * Floating-point operations (a multiplication and an addition are two) in the matrix products of a step: convolutions,
 * linear maps and attention. What goes over its elements once (norms, SiLU, Adam) is bound by memory and left out.
 */
export interface StepArithmetic {
  forward: number;
  /** Forward, and the gradients of every product for both of its sides. */
  trainStep: number;
}

/** Counted from the shapes of the config. */
export function stepArithmetic(config: ModelConfig, batchSize: number): StepArithmetic {
  const places = placesOfLayers(config);
  let forward = 0;
  for (const layer of layersOf(config)) {
    if (layer.kind === 'norm') continue;
    const count = places(layer.name);
    forward += 2 * batchSize * count * weightRows(layer) * layer.outputs;
    if (layer.name.endsWith('.attn.output')) forward += attentionFlop(batchSize, count, layer.outputs);
  }
  return { forward, trainStep: 3 * forward };
}

/** QKᵀ and the mixture of V for Q, K and V of `[images, length, channels]`. */
export function attentionFlop(images: number, length: number, channels: number): number {
  return 2 * 2 * images * length ** 2 * channels;
}

/** How often a layer's matrix meets an image: once a pixel of its output, of its input where it is transposed. */
function placesOfLayers(config: ModelConfig): (layer: string) => number {
  const area = (level: number) => (config.imageSize / 2 ** level) ** 2;
  const ofBlock = new Map<string, number>();
  const { down, up } = blocksOf(config);
  let level = 0;
  for (const { kind, name } of down) {
    if (kind === 'downsample') level++;
    ofBlock.set(name, area(level));
  }
  ofBlock.set('middle', area(level));
  for (const { kind, name } of up) {
    ofBlock.set(name, area(level));
    if (kind === 'upsample') level--;
  }
  return (layer) => {
    if (/(^|\.)(time|class)_emb/.test(layer)) return 1;
    const block = /^(middle|(down|up)\.\d+)/.exec(layer)?.[0];
    return block === undefined ? area(0) : (ofBlock.get(block) as number);
  };
}
