// Trains the networks whose features the quality measures compare, and writes them to public/models:
// `npx tsx tools/features/make.ts [DATASET…]`. A minute or two each on two cores; the same seed gives the same file.
import { readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { backendChoice, startBackend } from '../../cli/backend';
import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { batchSource } from '../../src/engine/data/batches';
import type { Dataset } from '../../src/engine/data/dataset';
import { datasets, loadDataset, type ShippedDatasetId } from '../../src/engine/data/datasets';
import { splitOf } from '../../src/engine/data/split';
import { featureConfig, featureFileName } from '../../src/engine/quality/featureFile';
import {
  classScores,
  type FeatureConfig,
  type FeatureLayer,
  type FeatureWeights,
  featureLayers,
  featuresOf,
} from '../../src/engine/quality/featureNetwork';
import { Random } from '../../src/engine/training/random';
import { spoiled } from './spoil';

const SEED = 1;
const STEPS = 2000;
const BATCH = 64;
const LEARNING_RATE = 2e-3;
/** Images of a batch that are spoiled, and the share of a target that all classes get alike. */
const SPOILED = 16;
const SMOOTHING = 0.05;

const operations = await startBackend(backendChoice({ backend: undefined, threads: undefined }));
const asked = process.argv.slice(2) as ShippedDatasetId[];
for (const id of asked.length > 0 ? asked : (Object.keys(datasets) as ShippedDatasetId[])) await make(id);

async function make(id: ShippedDatasetId): Promise<void> {
  const data = await loadDataset(id, (name) =>
    readFile(new URL(`../../public/data/${name}`, import.meta.url)),
  );
  const { training, heldOut } = splitOf(data);
  const weights = await train(id, training);
  const accuracy = await accuracyOn(weights, heldOut);
  const tensors = new Map(
    await Promise.all(
      Object.entries(weights).map(
        async ([name, tensor]) =>
          [
            name,
            { shape: tensor.shape, data: (await tensor.data()) as Float32Array, half: true as const },
          ] as const,
      ),
    ),
  );
  const scale = await scaleOf(weights, training);
  const facts = {
    dataset: id,
    seed: String(SEED),
    steps: String(STEPS),
    accuracy: accuracy.toFixed(4),
    scale: scale.toPrecision(6),
  };
  const bytes = writeSafetensors(tensors, facts);
  await writeFile(new URL(`../../public/models/${featureFileName(id)}`, import.meta.url), bytes);
  process.stdout.write(
    `${id}: ${bytes.length} bytes, ${(100 * accuracy).toFixed(1)} % of the held-out images\n`,
  );
}

/** Adam on the cross-entropy, the rate falling to 0 along a cosine; of the training part only. One more class holds spoiled images. */
async function train(id: ShippedDatasetId, training: Dataset): Promise<FeatureWeights> {
  const random = new Random(SEED);
  const config = featureConfig(id);
  const variables = Object.fromEntries(
    Object.entries(featureLayers(config)).map(([name, [rows, columns]]) => {
      const bound = 1 / Math.sqrt(rows - 1);
      const values = Float32Array.from({ length: rows * columns }, () => (2 * random.uniform() - 1) * bound);
      return [name, tf.variable(tf.tensor2d(values, [rows, columns]))];
    }),
  ) as Record<FeatureLayer, tf.Variable<tf.Rank.R2>>;
  const moments = Object.values(variables).map((parameter) => ({
    parameter,
    m: tf.variable(tf.zerosLike(parameter)),
    v: tf.variable(tf.zerosLike(parameter)),
    ema: tf.variable(parameter.clone()),
  }));
  const source = batchSource(training);
  for (let step = 1; step <= STEPS; step++) {
    const { images, labels } = source(random, BATCH);
    spoilSome(images, labels, config.classes, random);
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => crossEntropy(variables, images, labels, config));
      const updates = moments.map((one) => ({ ...one, gradient: grads[one.parameter.name] as tf.Tensor }));
      const learningRate = LEARNING_RATE * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / STEPS));
      operations.adamEma(updates, {
        learningRate,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        step,
        emaDecay: 0,
      });
      return value;
    });
    if (step % 250 === 0) process.stdout.write(`  ${id} ${step}: ${(await loss.data())[0]?.toFixed(4)}\n`);
    loss.dispose();
  }
  return variables;
}

/** The last images of a batch become of the class after all others. */
function spoilSome(images: Float32Array, labels: Uint8Array, spoiledClass: number, random: Random): void {
  const length = images.length / BATCH;
  const at = (i: number) => images.subarray(i * length, (i + 1) * length);
  for (let i = BATCH - SPOILED; i < BATCH; i++) {
    at(i).set(spoiled(at(i).slice(), at(i - SPOILED), random));
    labels[i] = spoiledClass;
  }
}

function crossEntropy(
  weights: FeatureWeights,
  images: Float32Array,
  labels: Uint8Array,
  { imageSize, imageChannels, classes }: FeatureConfig,
): tf.Scalar {
  const x = tf.tensor4d(images, [BATCH, imageSize, imageSize, imageChannels]);
  const scores = classScores(operations, weights, featuresOf(operations, weights, x));
  const shares = Array.from(labels, (label) =>
    Array.from(
      { length: classes + 1 },
      (_, c) => SMOOTHING / (classes + 1) + (c === label ? 1 - SMOOTHING : 0),
    ),
  );
  return tf.mean(
    tf.sub(tf.logSumExp(scores, 1), tf.sum(tf.mul(scores, tf.tensor2d(shares)), 1)),
  ) as tf.Scalar;
}

/** What the features are multiplied by, so that over training images their variance is 1 on average. */
async function scaleOf(weights: FeatureWeights, { images, imageSize, channels, count }: Dataset) {
  const variances = tf.tidy(() => {
    const used = Math.min(count, 2000);
    const x = tf.tensor4d(images.subarray(0, used * imageSize ** 2 * channels), [
      used,
      imageSize,
      imageSize,
      channels,
    ]);
    return tf.moments(featuresOf(operations, weights, x), 0).variance.mean();
  });
  const [variance] = await variances.data();
  variances.dispose();
  return 1 / Math.sqrt(variance as number);
}

async function accuracyOn(weights: FeatureWeights, { images, labels, imageSize, channels, count }: Dataset) {
  const guesses = tf.tidy(() => {
    const x = tf.tensor4d(images, [count, imageSize, imageSize, channels]);
    return classScores(operations, weights, featuresOf(operations, weights, x)).argMax(1);
  });
  const values = Array.from(await guesses.data());
  guesses.dispose();
  return values.filter((value, i) => value === labels[i]).length / count;
}
