import type { BackendName } from '../backend/report';
import { levelChannels, type ModelConfig } from './config';
import { type Block, blocksOf, layersOf, weightRows } from './layers';

/** Number of parameters, by the reference's count: weights and biases of every layer, trained or not. */
export function parameterCount(config: ModelConfig): number {
  return layersOf(config).reduce((sum, layer) => sum + (weightRows(layer) + 1) * layer.outputs, 0);
}

/** Bytes that training a model takes. */
export interface MemoryEstimate {
  /** Weights, their moving average and Adam's two moments: what lives between two steps. */
  weights: number;
  /** What one step needs besides: activations kept for the gradient, and the gradients. */
  training: number;
  total: number;
}

/** Memory of training with the fused kernels, counted from the shapes; the peak of a step is within a fifth of it. */
export function memoryEstimate(config: ModelConfig, batchSize: number): MemoryEstimate {
  const parameters = 4 * parameterCount(config);
  const activations = 4 * batchSize * activationsOf(config);
  const weights = 4 * parameters;
  const training = parameters + activations;
  return { weights, training, total: weights + training };
}

/** Bytes that a backend can be trusted with: wasm ends at 4 GiB, and no browser says how much a GPU has. */
export function memoryLimit(backend: BackendName): number {
  return (backend === 'wasm' ? 3 : 2) * 2 ** 30;
}

/** Values a picture that a step keeps until its gradient has used them. */
function activationsOf(config: ModelConfig): number {
  const { down, up } = blocksOf(config);
  const bottom = levelChannels(config).at(-1) as number;
  let area = config.imageSize ** 2;
  let values = 3 * area * config.imageChannels + area * config.nChannels;
  for (const block of down) {
    if (block.kind === 'downsample') area /= 4;
    values += valuesOf(block, area);
  }
  const middle: Block = { kind: 'block', name: 'middle', inputs: bottom, outputs: bottom, attention: true };
  values += valuesOf(middle, area) + valuesOf({ ...middle, attention: false }, area);
  for (const block of up) {
    if (block.kind === 'upsample') area *= 4;
    values += valuesOf(block, area) + (block.kind === 'block' ? block.inputs * area : 0);
  }
  return values + area * (config.nChannels + config.imageChannels);
}

/** Norm, convolution, norm, convolution; then Q, K, V, the softmax's weights, their mixture and its projection. */
function valuesOf({ kind, inputs, outputs, attention }: Block, area: number): number {
  if (kind !== 'block') return outputs * area;
  const residual = area * (inputs + 3 * outputs);
  return attention ? residual + area * 5 * outputs + area ** 2 : residual;
}
