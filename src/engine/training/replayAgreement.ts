import * as tf from '@tensorflow/tfjs';
import { readBundle, writeBundle } from '../checkpoint/bundle';
import { restoreTrainingState } from '../checkpoint/restore';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { type Recorder, recorderOf, registerRecorder } from '../kernels/replay/recorder';
import { fixedLoss } from '../quality/fixedLoss';
import { type ModelConfig, parseModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { Random } from './random';
import { goBack, overflowOf, takeSnapshot } from './snapshot';
import { createTrainingState, disposeTrainingState, type TrainerSettings, trainStep } from './trainer';

const STEPS = 50;

const plainConfig: ModelConfig = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  n_groups: 4,
  n_final_groups: 4,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 40,
  n_classes: 3,
  dropout: 0.2,
  objective: 'v',
});
const pixels = plainConfig.imageSize ** 2 * plainConfig.imageChannels;

/** All that a run of training shows: numbers by what they are. */
export type Shown = [what: string, values: readonly number[]][];

/**
 * Trains 50 steps, and does between them what a page does: samples, measures the loss on held-out images, changes the
 * learning rate, the weights of the loss and the batch, saves and goes on from the file, and goes back to a copy.
 */
export async function showTraining(
  operations: Operations,
  { learnedVariance = false }: Partial<ModelConfig> = {},
): Promise<Shown> {
  const config = { ...plainConfig, learnedVariance };
  const shown: Shown = [];
  const show = (what: string, values: ArrayLike<number>) => shown.push([what, Array.from(values)]);
  let state = createTrainingState(config, 1);
  const images = new Random(2).normal(6 * pixels);
  const source = (random: Random, count: number) => ({
    images: images.slice(0, count * pixels),
    labels: Uint8Array.from(random.integers(count, config.nClasses)),
  });
  const heldOut = {
    images: new Random(3).normal(2 * pixels),
    noise: new Random(4).normal(2 * pixels),
    t: Int32Array.of(3, 30),
    labels: Uint8Array.of(0, 2),
  };
  const start = new Random(5).normal(3 * pixels);
  let copy: ReturnType<typeof takeSnapshot> | undefined;
  for (let taken = 1; taken <= STEPS; taken++) {
    const settings: TrainerSettings = {
      batchSize: taken > 28 && taken < 34 ? 6 : 4,
      learningRate: taken < 12 ? 1e-3 : 3e-4,
      emaDecay: taken < 20 ? 0.9 : 0.99,
      lossWeight: taken % 2 === 0 ? 'minSnr' : 'simple',
    };
    const { step, loss, errors } = trainStep(state, operations, source, settings);
    show(`loss of step ${step}`, [await loss]);
    show(`errors of step ${step}`, await errors);
    if (taken % 6 === 0) {
      const { diffusion, ema, weights } = state;
      const conditions = [0, 1, -1].map((label) => ({ label, guidance: 2 }));
      const denoise = unetDenoiser(config, diffusion, operations, ema, conditions);
      const v = new Float32Array(start.length);
      show(`prediction after step ${step}`, await denoise(start, taken % 40, v));
      show(`v after step ${step}`, v);
      show(`held-out loss after step ${step}`, [
        await fixedLoss(config, diffusion, operations, weights, heldOut),
      ]);
    }
    if (taken === 22) {
      if (await overflowOf(state)) throw new Error('The state is not finite.');
      copy = takeSnapshot(state);
    }
    if (taken === 38) {
      const bytes = await writeBundle(state);
      disposeTrainingState(state);
      state = restoreTrainingState(readBundle(bytes));
    }
    if (taken === 44 && copy) goBack(state, copy);
  }
  for (const part of ['weights', 'ema', 'm', 'v'] as const) {
    for (const [name, tensor] of state[part]) show(`${part} of ${name}`, await tensor.data());
  }
  disposeTrainingState(state);
  return shown;
}

/** The fused operations under another identity: those are never replayed. */
export const tracedOperations: Operations = { ...fusedOperations };

/** Counts what a backend's recorder replays from now until stop. */
export function countReplays(): { count(): number; stop(): void } {
  const backend = tf.getBackend();
  const recorder = recorderOf(backend);
  if (!recorder) throw new Error(`The backend '${backend}' has no recorder.`);
  let runs = 0;
  const counting: Recorder = {
    record: (work) => {
      const { output, replay } = recorder.record(work);
      const run = () => {
        const result = replay?.run();
        if (result) runs++;
        return result;
      };
      return { output, replay: replay && { run, dispose: () => replay.dispose() } };
    },
  };
  registerRecorder(backend, counting);
  return { count: () => runs, stop: () => registerRecorder(backend, recorder) };
}
