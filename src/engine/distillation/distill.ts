import * as tf from '@tensorflow/tfjs';

import { flowHeun } from '../diffusion/samplers/flowHeun';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import type { Operations } from '../kernels/operations';
import { hideClasses } from '../training/classDropout';
import { lossAndGradients, sumOf } from '../training/objectiveLoss';
import type { Random } from '../training/random';
import {
  applyGradients,
  type BatchSource,
  createTrainingState,
  type TrainingState,
  trainedLayers,
} from '../training/trainer';
import type { ModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { unet } from '../unet/unet';
import { copyWeights, disposeWeights, zeroWeights } from '../unet/weights';
import { checkDistillation } from './checks';
import { type DistillationMethodId, type DistillationSettings, distillationMethods } from './methods';
import { consistencyTarget, progressiveTarget, type VelocityTarget, visitedShares } from './targets';
import { clippedField, type FieldModel, flowField, guidedField, type VelocityField } from './velocityField';

export interface DistillationStep {
  /** From 0, of `stages`. */
  stage: number;
  stages: number;
  /** Steps in which the student of this stage draws. */
  studentSteps: number;
  /** Training steps done in this stage. */
  step: number;
  /** Mean squared error of the student's velocity; arrives later than the step. */
  loss: Promise<number>;
}

/** A student is a flow of the teacher's size, whose weights it starts from. */
export function studentConfig(teacher: ModelConfig): ModelConfig {
  return { ...teacher, objective: 'flow', schedule: 'straight', dropout: 0, learnedVariance: false };
}

/** A student before its first step. */
export function createStudent(teacher: FieldModel, seed: number): TrainingState {
  return createTrainingState(studentConfig(teacher.config), seed, weightsOfStudent(teacher));
}

/** The teacher's, without the outputs of a learned variance: a flow has none. */
function weightsOfStudent({ config, weights }: FieldModel) {
  const copies = copyWeights(weights);
  if (!config.learnedVariance) return copies;
  const final = copies.get('final') as tf.Variable<tf.Rank.R2>;
  const kept = tf.tidy(() => tf.variable(final.slice([0, 0], [-1, config.imageChannels]), false));
  final.dispose();
  return new Map([...copies, ['final', kept as tf.Variable<tf.Rank.R2>]]);
}

/**
 * Trains a student until the last stage is done, one step a turn. Of a method from pairs `source` is that of teacherPairs.
 * What it makes on the backend is disposed of at the end, but not the student.
 */
export async function* distill(
  teacher: FieldModel,
  student: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: DistillationSettings,
): AsyncGenerator<DistillationStep, void, void> {
  checkDistillation(settings, teacher.config.nSteps);
  const { method, teacherSteps, studentSteps, steps, guidance } = settings;
  const stages = distillationMethods[method].stages(teacherSteps, studentSteps);
  let field = guidedField(clippedField(teacher, operations), guidance, operations);
  let own: FieldModel | undefined;
  try {
    for (const [stage, count] of stages.entries()) {
      if (stage > 0) {
        // The student of the stage before is the teacher of this one: guidance is in its weights.
        if (own) disposeWeights(own.weights);
        own = { config: student.config, diffusion: student.diffusion, weights: copyWeights(student.ema) };
        field = flowField(own, operations);
        beginAnew(student);
      }
      for (let step = 0; step < steps; step++) {
        const learningRate = settings.learningRate * (1 - step / steps);
        const loss = distillStep(student, operations, source, field, count, { ...settings, learningRate });
        yield { stage, stages: stages.length, studentSteps: count, step: step + 1, loss };
      }
    }
  } finally {
    if (own) disposeWeights(own.weights);
  }
}

/** One step of Adam on a batch; resolves with the loss. */
function distillStep(
  student: TrainingState,
  operations: Operations,
  source: BatchSource,
  teacher: VelocityField,
  count: number,
  settings: DistillationSettings,
): Promise<number> {
  const { config, diffusion, random } = student;
  const { batchSize, method, learningRate, emaDecay, guidance } = settings;
  const { images, labels: classes } = source(random, batchSize);
  const shares = visitedShares(diffusion, count);
  const places = random.integers(batchSize, count);
  const { fromPairs } = distillationMethods[method];
  const interval = {
    s: Array.from(places, (place) =>
      method === 'reflow' ? 1 - random.uniform() : (shares[place] as number),
    ),
    r: Array.from(places, (place) => shares[place + 1] as number),
  };
  const noise = fromPairs ? null : random.normal(images.length);
  // A guided student is always told a class.
  const hidden = guidance > 0 ? 0 : 0.1;
  const labels = config.nClasses > 0 ? hideClasses(classes, hidden, random) : undefined;
  const result = tf.tidy(() => {
    const { x0, end } = endsOf(config, images, noise);
    const column = (values: readonly number[]) => tf.tensor1d([...values]);
    const x = operations.combine(x0, column(interval.s.map((s) => 1 - s)), end, column(interval.s));
    const { u, weight } = targetOf(operations, student, teacher, method, { x, x0, end, interval, labels });
    const t = interval.s.map((s) => s * config.nSteps);
    const { shares: loss, gradients } = lossAndGradients(student.weights, trainedLayers(config), () =>
      operations.squaredError(
        unet(config, operations, student.weights, { x, t, labels }),
        u,
        tf.tensor1d(weight),
      ),
    );
    applyGradients(student, operations, gradients, { learningRate, emaDecay });
    return loss;
  });
  return read(result).then(sumOf);
}

interface Drawn {
  x: tf.Tensor4D;
  x0: tf.Tensor4D;
  /** ε. */
  end: tf.Tensor4D;
  interval: { s: number[]; r: number[] };
  labels: readonly number[] | undefined;
}

function targetOf(
  operations: Operations,
  student: TrainingState,
  teacher: VelocityField,
  method: DistillationMethodId,
  { x, x0, end, interval, labels }: Drawn,
): VelocityTarget {
  if (method === 'progressive') return progressiveTarget(operations, teacher, x, interval, labels);
  if (method === 'consistency') {
    const average = flowField({ ...student, weights: student.ema }, operations);
    return consistencyTarget(operations, teacher, average, x, interval, labels);
  }
  return { u: end.sub(x0), weight: interval.s.map(() => 1) };
}

/** Images and noise as tensors; batches of pairs hold an image and then its noise for each place. */
function endsOf(
  { imageSize: size, imageChannels: channels }: ModelConfig,
  images: Float32Array,
  noise: Float32Array | null,
) {
  const length = size * size * channels;
  const count = images.length / length / (noise ? 1 : 2);
  const tensor = (values: Float32Array) => tf.tensor4d(values, [count, size, size, channels]);
  if (noise) return { x0: tensor(images), end: tensor(noise) };
  const both = tf.tensor5d(images, [count, 2, size, size, channels]);
  const [x0, end] = tf.unstack(both, 1) as [tf.Tensor4D, tf.Tensor4D];
  return { x0, end };
}

async function read(tensor: tf.Tensor1D): Promise<Float32Array> {
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return values;
}

function beginAnew(student: TrainingState): void {
  for (const part of ['weights', 'm', 'v'] as const) disposeWeights(student[part]);
  student.weights = copyWeights(student.ema);
  student.m = zeroWeights(student.config);
  student.v = zeroWeights(student.config);
  student.step = 0;
}

/**
 * Pairs to learn from: `count` images of the teacher, each with the noise that it came from, by Heun's method on the flow
 * in `steps` steps. The batches of the source hold for each place an image, then its noise. Yields the number that are done.
 */
export async function* teacherPairs(
  teacher: FieldModel,
  operations: Operations,
  { count, steps, random, part = 64 }: { count: number; steps: number; random: Random; part?: number },
): AsyncGenerator<number, BatchSource, void> {
  const { config, diffusion, weights } = teacher;
  const length = config.imageSize ** 2 * config.imageChannels;
  const pairs = new Float32Array(2 * count * length);
  const labels = new Uint8Array(count);
  const timesteps = spacedTimesteps(diffusion, steps, 'noiseShare');
  for (let done = 0; done < count; ) {
    const now = Math.min(part, count - done);
    const start = random.normal(now * length);
    const classes = random.integers(now, Math.max(1, config.nClasses));
    const conditions =
      config.nClasses > 0 ? Array.from(classes, (label) => ({ label, guidance: 0 })) : undefined;
    const denoise = unetDenoiser(config, diffusion, operations, weights, conditions);
    let x = start;
    for await (const step of flowHeun({ diffusion, denoise, start, timesteps, random })) x = step.x;
    for (let i = 0; i < now; i++) {
      const place = 2 * (done + i) * length;
      pairs.set(x.subarray(i * length, (i + 1) * length), place);
      pairs.set(start.subarray(i * length, (i + 1) * length), place + length);
      labels[done + i] = classes[i] as number;
    }
    done += now;
    yield done;
  }
  return (source, batchSize) => {
    const picked = source.integers(batchSize, count);
    const images = new Float32Array(2 * batchSize * length);
    picked.forEach((index, i) => {
      images.set(pairs.subarray(2 * index * length, 2 * (index + 1) * length), 2 * i * length);
    });
    return { images, labels: Uint8Array.from(picked, (index) => labels[index] as number) };
  };
}
