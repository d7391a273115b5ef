import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import type { ModelConfig } from '../unet/config';
import { finished } from './finished';
import { type InterleaveOptions, type Timed, timed, timeInterleaved } from './interleave';
import { MeasuredModel } from './measuredModel';
import { recordKernels } from './recordKernels';
import type { Spread } from './spread';

export interface MeasureOptions extends InterleaveOptions {
  batchSize: number;
  /** Whether the reference operations (stock tfjs) are measured too; where they are what runs, they are measured once. */
  stock: boolean;
}

/** What a step costs; times in milliseconds. */
export interface StepCost {
  trainStep: Spread;
  forward: Spread;
  /** See KernelCall.dispatches. */
  dispatchesPerTrainStep: number;
  dispatchesPerForward: number;
  /** Tensors that live between two steps (weights, moments, moving average), and their bytes. */
  tensors: number;
  bytes: number;
  /** The most bytes that tensors of the model held within a step; those that share memory are counted each. */
  peakBytes: number;
}

export interface StepMeasurement {
  /** By the operations that the backend trains with. */
  ours: StepCost;
  /** One step of ancestral sampling for as many images as the batch has. */
  reverseStep: Spread;
  stock: StepCost | undefined;
  /** What the rival's turns said. */
  rival: { trainStep: Spread; forward: Spread } | undefined;
}

export type StepKind = 'trainStep' | 'forward';

/** Another program on the same machine, timed in turns with ours: takes a few steps and tells their milliseconds. */
export type Rival = (kind: StepKind) => Promise<number[]>;

/** Measures a train step, a forward pass and a reverse step on the current backend, in turns with stock and rival. */
export async function measureSteps(
  config: ModelConfig,
  operations: Operations,
  options: MeasureOptions,
  rival?: Rival,
): Promise<StepMeasurement> {
  const ours = await warmUp(config, options.batchSize, operations);
  const stock =
    options.stock && operations.name !== 'reference'
      ? await warmUp(config, options.batchSize, referenceOperations)
      : undefined;
  const subjects = (kind: StepKind) => ({
    ours: ours[kind],
    stock: stock?.[kind],
    rival: rival && { turn: () => rival(kind) },
  });
  try {
    const trainStep = await timeInterleaved(subjects('trainStep'), options);
    const { reverseStep, ...forward } = await timeInterleaved(
      { ...subjects('forward'), reverseStep: ours.reverseStep },
      options,
    );
    const spreads = (name: keyof ReturnType<typeof subjects>) => ({
      trainStep: trainStep[name] as Spread,
      forward: forward[name] as Spread,
    });
    const cost = { ...spreads('ours'), ...ours.size };
    const sameAsOurs = options.stock && operations.name === 'reference';
    return {
      ours: cost,
      reverseStep: reverseStep as Spread,
      stock: sameAsOurs ? cost : stock && { ...spreads('stock'), ...stock.size },
      rival: rival && spreads('rival'),
    };
  } finally {
    ours.dispose();
    stock?.dispose();
  }
}

type Size = Omit<StepCost, 'trainStep' | 'forward'>;

interface Warm extends Record<StepKind, Timed> {
  reverseStep: Timed;
  size: Size;
  dispose(): void;
}

/** A model that has taken its first steps, with what they needed. */
async function warmUp(config: ModelConfig, batchSize: number, operations: Operations): Promise<Warm> {
  const before = tf.memory();
  const model = new MeasuredModel(config, batchSize, operations);
  try {
    await model.trainStep();
    const { numTensors, numBytes } = tf.memory();
    let loss: Promise<number> | undefined;
    const step = recordKernels(operations, (observed) => {
      loss = model.trainStep(observed);
    });
    await loss;
    let output: tf.Tensor | undefined;
    const pass = recordKernels(operations, (observed) => {
      output = model.forward(observed);
    });
    await finished(output as unknown as tf.Tensor);
    tf.dispose(output);
    const dispatches = ({ calls }: typeof step) => calls.reduce((sum, call) => sum + call.dispatches, 0);
    return {
      trainStep: timed((count) => model.trainSteps(count)),
      forward: timed((count) => model.forwards(count)),
      reverseStep: timed((count) => model.reverseSteps(count)),
      size: {
        dispatchesPerTrainStep: dispatches(step),
        dispatchesPerForward: dispatches(pass),
        tensors: numTensors - before.numTensors,
        bytes: numBytes - before.numBytes,
        peakBytes: step.peakBytes - before.numBytes,
      },
      dispose: () => model.dispose(),
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}
