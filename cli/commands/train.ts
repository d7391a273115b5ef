import { writeBundle } from '../../src/engine/checkpoint/bundle';
import { writeModel } from '../../src/engine/checkpoint/model';
import { restoreTrainingState } from '../../src/engine/checkpoint/restore';
import { batchSource } from '../../src/engine/data/batches';
import { datasets } from '../../src/engine/data/datasets';
import { splitOf } from '../../src/engine/data/split';
import { lossWeights } from '../../src/engine/diffusion/lossWeights/lossWeights';
import { checkTrainerSettings, createTrainingState } from '../../src/engine/training/trainer';
import { stateDictOf } from '../../src/engine/unet/weights';
import { memoryProblem } from '../../src/store/settingsProblems';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { cropOption } from '../crop';
import { formatDuration } from '../duration';
import { CommandError } from '../errors';
import { checkWritable, writeBytes } from '../files';
import { wholeNumber } from '../numbers';
import { Interruption } from '../training/interruption';
import { checkClasses, resolveRun, runToJson } from '../training/run';
import { meanLoss, trainUntil } from '../training/trainUntil';

export const command = defineCommand({
  summary: 'Trains a model on a data set. Ctrl-C saves what was trained, then ends.',
  options: {
    dataset: { value: 'NAME', description: `One of ${Object.keys(datasets).join(', ')}.` },
    data: {
      value: 'PATH',
      description: 'In place of it: a folder of pictures, .zip, .npz, .npy, .csv or .idx(.gz), or https://….',
    },
    ...cropOption,
    steps: { value: 'N', description: 'Steps that the model shall have taken in the end.' },
    batch: { value: 'B', description: 'Pictures a step.' },
    seed: { value: 'S', description: 'Decides the first weights, the batches, t and ε: 0 … 2³² − 1.' },
    'learning-rate': { value: 'R', description: 'Of Adam.' },
    'ema-decay': { value: 'D', description: 'Of the moving average of the weights: 0 ≤ D < 1.' },
    classes: { description: 'Learn what the pictures show: a class-conditional model of the data set.' },
    'class-dropout': {
      value: 'P',
      description: 'p_uncond: share of pictures whose class is hidden, for guidance; 0.1 by default.',
    },
    'loss-weight': {
      value: 'NAME',
      description: `How much each t counts, one of ${Object.keys(lossWeights).join(', ')}; simple by default.`,
    },
    'snr-gamma': {
      value: 'G',
      description: 'γ of minSnr, the largest SNR that counts in full; 5 by default.',
    },
    config: { value: 'FILE', description: "JSON: the model's config, and `training` with training options." },
    out: { value: 'FILE', description: 'Gets the model: the EMA weights, safetensors.', required: true },
    state: {
      value: 'FILE',
      description: 'Gets all that --resume needs; by default OUT with .training.safetensors at its end.',
    },
    resume: { value: 'FILE', description: 'Goes on from a training state, or from the weights of a model.' },
    'save-every': { value: 'N', description: 'Save each N steps too; 1000 by default.' },
    ...backendOptions,
  },

  async run({ out, state: statePath, 'save-every': saveEvery, backend, threads, ...options }, { tell }) {
    const engine = backendChoice({ backend, threads });
    const stateOut = statePath ?? `${out.replace(/\.safetensors$/, '')}.training.safetensors`;
    const every = wholeNumber('save-every', saveEvery ?? '1000', 1);
    const run = await resolveRun(options);
    for (const path of [out, stateOut]) await checkWritable(path);
    const dataset = await run.data.load(run.model);
    checkClasses(run.model, run.data.name, dataset);
    const { training } = splitOf(dataset);
    checkTrainerSettings(run.settings, training.count);
    const tooLarge = memoryProblem(run.model, run.settings.batchSize, engine.name);
    if (tooLarge !== null) throw new CommandError(tooLarge);

    const operations = await startBackend(engine);
    const state = run.checkpoint
      ? restoreTrainingState(run.checkpoint, run.seed)
      : createTrainingState(run.model, run.seed);
    const losses = Array.from(run.checkpoint?.training?.losses ?? []);
    const save = async () => {
      await writeBytes(stateOut, await writeBundle(state, runToJson(run), Float32Array.from(losses)));
      const average = await stateDictOf(run.model, state.ema);
      const facts = {
        dataset: run.data.name,
        steps: String(state.step),
        saw_held_out: String(run.sawHeldOut),
      };
      await writeBytes(out, writeModel(run.model, average, facts));
    };

    const start = performance.now();
    const interruption = new Interruption();
    await trainUntil(state, operations, batchSource(training), run.settings, losses, {
      steps: run.steps,
      saveEvery: every,
      save,
      interruption,
    });
    interruption.dispose();
    const seconds = (performance.now() - start) / 1000;
    const facts = {
      ...{ stopped: interruption.requested, step: state.step, seconds, loss: meanLoss(losses) },
      ...{ out, state: stateOut },
    };
    tell(
      facts,
      `${facts.stopped ? 'Stopped' : 'Done'} after ${state.step} steps (${formatDuration(seconds)}), ` +
        `loss ${facts.loss.toFixed(4)}: ${out} has the model, ${stateOut} what --resume needs.`,
    );
    return interruption.exitCode;
  },
});
