import * as tf from '@tensorflow/tfjs';
import { hash32 } from '../kernels/groupNorm/dropoutMask';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from './config';
import { type Block, blocksOf, residualBlocks } from './layers';
import { timeEmbedding } from './timeEmbedding';
import type { Weights } from './weights';

export interface UNetInput {
  /** x_t, NHWC `[N, imageSize, imageSize, imageChannels]`. */
  x: tf.Tensor4D;
  /** t of each picture, 0 … T−1. */
  t: ArrayLike<number>;
  /** Class of each picture, −1 for none; only for a conditional model. */
  labels?: ArrayLike<number> | undefined;
  /** Seed of this step's dropout; none in evaluation, where nothing is dropped. */
  dropoutSeed?: number | undefined;
}

/**
 * The network's prediction for x_t (ε_θ, or what the objective says), of x's shape.
 * To be called within tf.tidy, or under a gradient: it leaves its intermediate tensors to the caller.
 */
export function unet(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  input: UNetInput,
): tf.Tensor4D {
  const { conv2d, convTranspose2d, linear, linears, groupNorm, attention, concatenate } = operations;
  const weight = (name: string): tf.Tensor2D => {
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`The model has no layer '${name}'.`);
    return tensor;
  };
  const groups = config.nGroups;
  const time = timeActivation(config, operations, weight, input);
  const shifting = residualBlocks(config).map((name) => `${name}.time_emb`);
  const products = linears(time, shifting.map(weight));
  const shifts = new Map(shifting.map((name, i) => [name, products[i] as tf.Tensor2D]));
  let dropouts = 0;

  const norm = (h: tf.Tensor4D, name: string) => groupNorm(h, weight(name), { groups, silu: true });
  const normWithDropout = (h: tf.Tensor4D, name: string) => {
    if (input.dropoutSeed === undefined || config.dropout === 0) return norm(h, name);
    const seed = hash32(input.dropoutSeed + hash32(++dropouts));
    return groupNorm(h, weight(name), { groups, silu: true, dropout: { rate: config.dropout, seed } });
  };

  function residual(x: tf.Tensor4D, name: string): tf.Tensor4D {
    const shift = shifts.get(`${name}.time_emb`) as tf.Tensor2D;
    const h = conv2d(norm(x, `${name}.norm1`), weight(`${name}.conv1`), { size: 3, shift });
    const onto = weights.has(`${name}.shortcut`)
      ? { shortcut: { x, kernel: weight(`${name}.shortcut`) } }
      : { residual: x };
    return conv2d(normWithDropout(h, `${name}.norm2`), weight(`${name}.conv2`), { size: 3, ...onto });
  }

  function attend(x: tf.Tensor4D, name: string): tf.Tensor4D {
    const [pictures, height, width, channels] = x.shape;
    const rows: tf.Tensor2D = x.reshape([pictures * height * width, channels]);
    const qkv = linear(rows, weight(`${name}.projection`)).reshape<tf.Tensor3D>([
      pictures,
      height * width,
      3 * channels,
    ]);
    const mixed = attention(qkv).reshape<tf.Tensor2D>(rows.shape);
    return linear(mixed, weight(`${name}.output`), { residual: rows }).reshape(x.shape);
  }

  function run(x: tf.Tensor4D, block: Block): tf.Tensor4D {
    if (block.kind === 'downsample') return conv2d(x, weight(`${block.name}.conv`), { size: 3, stride: 2 });
    if (block.kind === 'upsample') return convTranspose2d(x, weight(`${block.name}.conv`));
    const h = residual(x, `${block.name}.res`);
    return block.attention ? attend(h, `${block.name}.attn`) : h;
  }

  const { down, up } = blocksOf(config);
  let h = conv2d(input.x, weight('image_proj'), { size: 3 });
  const skips = [h];
  for (const block of down) {
    h = run(h, block);
    skips.push(h);
  }
  h = residual(attend(residual(h, 'middle.res1'), 'middle.attn'), 'middle.res2');
  for (const block of up) {
    h = block.kind === 'upsample' ? run(h, block) : run(concatenate(h, skips.pop() as tf.Tensor4D), block);
  }
  h = groupNorm(h, weight('norm'), { groups: config.nFinalGroups, silu: true });
  return conv2d(h, weight('final'), { size: 3 });
}

/** SiLU of the time embedding (plus that of the class) `[N, 4·nChannels]`: every block uses it only through SiLU. */
function timeActivation(
  config: ModelConfig,
  { linear }: Operations,
  weight: (name: string) => tf.Tensor2D,
  { t, labels }: UNetInput,
): tf.Tensor2D {
  const sinusoids = tf.tensor2d(timeEmbedding(t, config.nChannels), [t.length, config.nChannels]);
  const hidden = linear(sinusoids, weight('time_emb.lin1'), { activation: 'silu' });
  if (config.nClasses === 0) return linear(hidden, weight('time_emb.lin2'), { activation: 'silu' });
  const embedded = linear(hidden, weight('time_emb.lin2'));
  const classes = oneHot(labels ?? new Int32Array(t.length).fill(-1), config.nClasses);
  return linear(classes, weight('class_emb'), { residual: embedded, activation: 'silu' });
}

/** `[N, nClasses + 1]`, the last column standing for "no class" (−1). */
function oneHot(labels: ArrayLike<number>, nClasses: number): tf.Tensor2D {
  const columns = nClasses + 1;
  const table = new Float32Array(labels.length * columns);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    table[row * columns + (label < 0 ? nClasses : label)] = 1;
  }
  return tf.tensor2d(table, [labels.length, columns]);
}
