import type { BackendName } from '../backend/report';
import { levelChannels, type ModelConfig, outputChannels } from './config';
import { type Block, blocksOf, parameterCount } from './layers';

export { parameterCount };

/** Bytes that training a model takes. */
export interface MemoryEstimate {
  /** Weights, their moving average and Adam's two moments: what lives between two steps. */
  weights: number;
  /** The most that a step needs besides: activations, the gradients of all of them and of the weights, and copies. */
  training: number;
  total: number;
}

/** Sets of the weights' size that a run holds besides: gradients, and two copies of all four to go back to. */
const SETS_OF_A_RUN = 1 + 2 * 4;

/**
 * Memory of training with the fused kernels, counted from the shapes of their tensors: within 3 % of what they allocate,
 * but for what the CPU's convolutions work in: four times the largest kernel and a mebibyte, once for all models.
 * (tf.memory().numBytes says more, as it counts a tensor again for every reshape of it.)
 */
export function memoryEstimate(config: ModelConfig, batchSize: number): MemoryEstimate {
  const parameters = 4 * parameterCount(config);
  const weights = 4 * parameters;
  const training = SETS_OF_A_RUN * parameters + stepBytes(config, batchSize);
  return { weights, training, total: weights + training };
}

/** What the activations of a step take, and their gradients: tfjs frees none of them before the step has ended. */
export function stepBytes(config: ModelConfig, batchSize: number): number {
  const { imageSize, nChannels } = config;
  const { down, up } = blocksOf(config);
  const bottom = levelChannels(config).at(-1) as number;
  let area = imageSize ** 2;
  const ofImages = 4 * config.imageChannels + outputChannels(config);
  // x₀, ε, x_t, the gradients of x_t and of the output; the first convolution's output; the last norm's and convolution's
  // inputs with their gradients.
  let values = area * (ofImages + 4 * nChannels);
  for (const block of down) {
    if (block.kind === 'downsample') area /= 4;
    values += blockValues(block, area) + area * block.outputs;
  }
  const middle: Block = { kind: 'block', name: 'middle', inputs: bottom, outputs: bottom, attention: true };
  values += blockValues(middle, area) + area * bottom + blockValues({ ...middle, attention: false }, area);
  up.forEach((block, i) => {
    if (block.kind === 'upsample') area *= 4;
    values += blockValues(block, area);
    // The concatenation that a block starts with, and its gradient, which is two tensors.
    if (block.kind === 'block') values += 2 * area * block.inputs;
    // Only an upsampling and the last norm keep what they get; a concatenation does not.
    if (up[i + 1]?.kind !== 'block') values += block.kind === 'block' ? area * block.outputs : 0;
  });
  return 4 * batchSize * values;
}

/** Values an image that a block keeps, and their gradients, without its output. */
function blockValues({ kind, inputs, outputs, attention }: Block, area: number): number {
  if (kind === 'downsample') return 4 * area * inputs;
  if (kind === 'upsample') return (area / 4) * inputs;
  // Norm, convolution, norm; then four gradients, and the sum of the two that the block's input gets.
  const kept = inputs + 2 * outputs;
  const gradients = inputs === outputs ? 2 * outputs + 2 * inputs : 2 * outputs + 3 * inputs;
  const residual = area * (kept + gradients);
  if (!attention) return residual;
  // The residual block's output, Q, K, V, the softmax's weights and the mixture; then the gradients of all but the weights.
  return residual + area * (outputs + 3 * outputs + area + outputs + 6 * outputs);
}

/**
 * Bytes that a backend can be trusted with: wasm ends at 4 GiB, and no browser says how much a GPU has. Never more than
 * half of the device's memory, where the browser tells it.
 */
export function memoryLimit(backend: BackendName): number {
  const { deviceMemory = Number.POSITIVE_INFINITY } = (globalThis.navigator ?? {}) as {
    deviceMemory?: number;
  };
  return Math.min(backend === 'wasm' ? 3 : 2, deviceMemory / 2) * 2 ** 30;
}

/**
 * Throws, naming need and limit, where training a model would take more memory than its backend has, with so many bytes that
 * another model takes beside it.
 */
export function checkMemory(config: ModelConfig, batchSize: number, backend: BackendName, beside = 0): void {
  const total = memoryEstimate(config, batchSize).total + beside;
  const limit = memoryLimit(backend);
  if (total <= limit) return;
  const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  throw new Error(
    `Training this model with a batch of ${batchSize}${beside > 0 ? ' beside the other one' : ''} takes about ${gib(total)}, and there are ${gib(limit)}: ` +
      'take fewer channels, a smaller batch or fewer levels with attention.',
  );
}
