import type * as tf from '@tensorflow/tfjs';
import { attentionWeights } from '../kernels/attention/reference';
import { hash32 } from '../kernels/groupNorm/dropoutMask';
import type { Conv2dOptions, Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { type Live, now } from '../kernels/replay/live';
import type { ModelConfig } from './config';
import type { ForwardHooks } from './hooks';
import { type Block, blocksOf, residualBlocks } from './layers';
import { timeEmbedding } from './timeEmbedding';
import type { Weights } from './weights';

export interface UNetInput {
  /** x_t, NHWC `[N, imageSize, imageSize, imageChannels]`. */
  x: tf.Tensor4D;
  /** t of each image, 0 … T−1. */
  t: Live<ArrayLike<number>>;
  /** Class of each image, −1 for none; only for a conditional model. */
  labels?: Live<ArrayLike<number>> | undefined;
  /** Seed of this step's dropout; none in evaluation, where nothing is dropped. */
  dropoutSeed?: Live<number> | undefined;
  /** Called with what the network computes at their points; none costs nothing. */
  hooks?: ForwardHooks | undefined;
}

/**
 * The network's prediction for x_t (ε_θ, or what the objective says), of x's shape; with a learned variance, v follows in as
 * many channels.
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
  const { hooks } = input;
  const at = hookAt(hooks);
  const groups = config.nGroups;
  const time = timeActivation(config, operations, weight, input);
  const shifting = residualBlocks(config).map((name) => `${name}.time_emb`);
  const products = linears(time, shifting.map(weight));
  const shifts = new Map(shifting.map((name, i) => [name, products[i] as tf.Tensor2D]));
  let dropouts = 0;

  const norm = (h: tf.Tensor4D, name: string) => groupNorm(h, weight(name), { groups, silu: true });
  const normWithDropout = (h: tf.Tensor4D, name: string) => {
    const { dropoutSeed } = input;
    if (dropoutSeed === undefined || config.dropout === 0) return norm(h, name);
    const ofLayer = hash32(++dropouts);
    const seed = () => hash32(now(dropoutSeed) + ofLayer);
    return groupNorm(h, weight(name), { groups, silu: true, dropout: { rate: config.dropout, seed } });
  };

  const convolve = (x: tf.Tensor4D, name: string, options: Partial<Conv2dOptions> = {}) =>
    conv2d(at(`${name}.input`, x), weight(name), { size: 3, ...options });

  function residual(input: tf.Tensor4D, name: string): tf.Tensor4D {
    const x = at(`${name}.input`, input);
    const shift = at(`${name}.time_emb`, shifts.get(`${name}.time_emb`) as tf.Tensor2D);
    const first = `${name}.conv1`;
    const h = hooks?.has(first)
      ? at(first, convolve(norm(x, `${name}.norm1`), first)).add<tf.Tensor4D>(
          shift.expandDims(1).expandDims(1),
        )
      : convolve(norm(x, `${name}.norm1`), first, { shift });
    const onto = weights.has(`${name}.shortcut`)
      ? { shortcut: { x, kernel: weight(`${name}.shortcut`) } }
      : { residual: x };
    return at(name, convolve(normWithDropout(h, `${name}.norm2`), `${name}.conv2`, onto));
  }

  function attend(x: tf.Tensor4D, name: string): tf.Tensor4D {
    const [images, height, width, channels] = x.shape;
    const rows: tf.Tensor2D = x.reshape([images * height * width, channels]);
    const qkv = linear(rows, weight(`${name}.projection`)).reshape<tf.Tensor3D>([
      images,
      height * width,
      3 * channels,
    ]);
    hooks?.get(`${name}.weights`)?.(attentionWeights(qkv));
    const mixed = attention(qkv).reshape<tf.Tensor2D>(rows.shape);
    const output = `${name}.output`;
    const y: tf.Tensor4D = hooks?.has(output)
      ? at(output, linear(mixed, weight(output)).reshape<tf.Tensor4D>(x.shape)).add(x)
      : linear(mixed, weight(output), { residual: rows }).reshape(x.shape);
    return at(name, y);
  }

  function run(x: tf.Tensor4D, { kind, name, attention }: Block): tf.Tensor4D {
    const sampling = `${name}.conv`;
    if (kind === 'downsample') return at(name, convolve(x, sampling, { stride: 2 }));
    if (kind === 'upsample') return at(name, convTranspose2d(at(`${sampling}.input`, x), weight(sampling)));
    const h = residual(x, `${name}.res`);
    return attention ? attend(h, `${name}.attn`) : h;
  }

  const { down, up } = blocksOf(config);
  let h = at('image_proj', convolve(input.x, 'image_proj'));
  const skips = [h];
  for (const block of down) {
    h = run(h, block);
    skips.push(h);
  }
  h = residual(attend(residual(h, 'middle.res1'), 'middle.attn'), 'middle.res2');
  for (const block of up) {
    if (block.kind === 'block') h = concatenate(h, at(`${block.name}.res.skip`, skips.pop() as tf.Tensor4D));
    h = run(h, block);
  }
  h = groupNorm(h, weight('norm'), { groups: config.nFinalGroups, silu: true });
  return at('final', convolve(h, 'final'));
}

/** The prediction alone, of x's shape, of what unet gives. */
export function predictionOf(config: ModelConfig, output: tf.Tensor4D): tf.Tensor4D {
  if (!config.learnedVariance) return output;
  return output.slice([0, 0, 0, 0], [-1, -1, -1, config.imageChannels]);
}

/** What the network goes on with at a point. */
const hookAt =
  (hooks: ForwardHooks | undefined) =>
  <T extends tf.Tensor>(point: string, value: T): T =>
    (hooks?.get(point)?.(value) as T | undefined) ?? value;

/** SiLU of the time embedding (plus that of the class) `[N, 4·nChannels]`: every block uses it only through SiLU. */
function timeActivation(
  config: ModelConfig,
  { linear }: Operations,
  weight: (name: string) => tf.Tensor2D,
  { x, t, labels, hooks }: UNetInput,
): tf.Tensor2D {
  const { nChannels, nClasses } = config;
  const count = x.shape[0];
  const sinusoids = feed<tf.Rank.R2>(() => timeEmbedding(now(t), nChannels), [count, nChannels]);
  const hidden = linear(sinusoids, weight('time_emb.lin1'), { activation: 'silu' });
  const told = labels ?? new Int32Array(count).fill(-1);
  const classes =
    nClasses === 0 ? undefined : feed<tf.Rank.R2>(() => oneHot(now(told), nClasses), [count, nClasses + 1]);
  if (hooks?.has('time_emb') || hooks?.has('class_emb')) {
    const at = hookAt(hooks);
    const ofTime = at('time_emb', linear(hidden, weight('time_emb.lin2')));
    const both = classes
      ? ofTime.add<tf.Tensor2D>(at('class_emb', linear(classes, weight('class_emb'))))
      : ofTime;
    return both.mul(both.sigmoid());
  }
  if (!classes) return linear(hidden, weight('time_emb.lin2'), { activation: 'silu' });
  const embedded = linear(hidden, weight('time_emb.lin2'));
  return linear(classes, weight('class_emb'), { residual: embedded, activation: 'silu' });
}

/** `[N, nClasses + 1]`, the last column standing for "no class" (−1). */
function oneHot(labels: ArrayLike<number>, nClasses: number): Float32Array {
  const columns = nClasses + 1;
  const table = new Float32Array(labels.length * columns);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    table[row * columns + (label < 0 ? nClasses : label)] = 1;
  }
  return table;
}
