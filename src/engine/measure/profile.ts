import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { timed, timeInterleaved } from './interleave';
import { type KernelKind, kernelFlop, kernelKind, kernelKinds } from './kernelKind';
import { MeasuredModel } from './measuredModel';
import { type MatmulPeak, measurePeak } from './peak';
import { type KernelCall, recordKernels } from './recordKernels';
import { repeatKernels } from './repeatKernels';
import { spreadOf } from './spread';

/** What the kernels of one kind do in a train step. */
export interface KindProfile {
  kind: KernelKind;
  milliseconds: number;
  dispatches: number;
  /** 10⁹ floating-point operations in matrix products. */
  gflop: number;
  /** Bytes of the tensors that go in and come out. */
  bytesMoved: number;
}

export interface StepProfile {
  batchSize: number;
  /** Wall time of a step, undisturbed. */
  milliseconds: number;
  /** Those that do anything, the longest first. */
  kinds: KindProfile[];
  /** Wall time that no kernel accounts for: draws, uploads, the gradient's bookkeeping. */
  restMilliseconds: number;
  dispatches: number;
  /** See StepCost. */
  tensors: number;
  bytes: number;
  peakBytes: number;
  gflop: number;
  peak: MatmulPeak;
  /** The step's operations a second over those of the peak, 0 … 1. */
  shareOfPeak: number;
}

const STEPS = 5;

/**
 * Profiles a train step on the current backend: takes a few steps with every kernel timed, and a few undisturbed.
 * Where kernels only queue their work (webgpu, webgl), each is run again by itself, many times, until it is done.
 */
export async function profileStep(
  config: ModelConfig,
  batchSize: number,
  operations: Operations,
): Promise<StepProfile> {
  const deferred = tf.getBackend() === 'webgpu' || tf.getBackend() === 'webgl';
  const before = tf.memory();
  const model = new MeasuredModel(config, batchSize, operations);
  try {
    await model.trainStep();
    const { numTensors, numBytes } = tf.memory();
    const recordStep = async () => {
      let loss: Promise<number> | undefined;
      const recording = recordKernels(operations, (observed) => {
        loss = model.trainStep(observed);
      });
      await loss;
      return recording;
    };
    const recording = await recordStep();
    const steps = [timesByKind(recording.calls)];
    if (deferred) steps[0] = timesByKind(await repeatKernels(operations, recording.calls));
    else while (steps.length < STEPS) steps.push(timesByKind((await recordStep()).calls));
    const whole = await timeInterleaved(
      { step: timed((count) => model.trainSteps(count)) },
      { runs: STEPS, budgetMs: 5000 },
    );
    const peak = await measurePeak(operations);

    const kinds = kernelKinds
      .map((kind) => ({
        kind,
        ...totals(recording.calls.filter(({ name }) => kernelKind(name) === kind)),
        milliseconds: spreadOf(steps.map((times) => times.get(kind) ?? 0)).median,
      }))
      .filter(({ dispatches }) => dispatches > 0)
      .sort((a, b) => b.milliseconds - a.milliseconds);
    const milliseconds = whole.step?.median as number;
    const { dispatches, gflop } = totals(recording.calls);
    const inKernels = kinds.reduce((sum, kind) => sum + kind.milliseconds, 0);
    return {
      batchSize,
      milliseconds,
      kinds,
      restMilliseconds: Math.max(0, milliseconds - inKernels),
      dispatches,
      tensors: numTensors - before.numTensors,
      bytes: numBytes - before.numBytes,
      peakBytes: recording.peakBytes - before.numBytes,
      gflop,
      peak,
      shareOfPeak: gflop / (milliseconds / 1000) / peak.gflops,
    };
  } finally {
    model.dispose();
  }
}

function timesByKind(calls: readonly KernelCall[]): Map<KernelKind, number> {
  const times = new Map<KernelKind, number>();
  for (const { name, milliseconds } of calls) {
    const kind = kernelKind(name);
    times.set(kind, (times.get(kind) ?? 0) + milliseconds);
  }
  return times;
}

/** What calls of kernels did, all together. */
export function totals(
  calls: readonly KernelCall[],
): Pick<KindProfile, 'dispatches' | 'gflop' | 'bytesMoved'> {
  let dispatches = 0;
  let flop = 0;
  let bytesMoved = 0;
  for (const call of calls) {
    dispatches += call.dispatches;
    flop += kernelFlop(call.name, call);
    if (call.dispatches === 0) continue;
    for (const { shape } of [...Object.values(call.inputs), ...call.outputs]) {
      bytesMoved += 4 * shape.reduce((a, b) => a * b, 1);
    }
  }
  return { dispatches, gflop: flop / 1e9, bytesMoved };
}
