import { writeBundle } from '../../src/engine/checkpoint/bundle';
import { writeModel } from '../../src/engine/checkpoint/model';
import { restoreTrainingState } from '../../src/engine/checkpoint/restore';
import { batchSource } from '../../src/engine/data/batches';
import { datasets } from '../../src/engine/data/datasets';
import { splitOf } from '../../src/engine/data/split';
import {
  checkTrainerSettings,
  createTrainingState,
  disposeTrainingState,
} from '../../src/engine/training/trainer';
import { stateDictOf } from '../../src/engine/unet/weights';
import { memoryProblem } from '../../src/settings/settingsProblems';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { importOptions } from '../crop';
import { formatDuration } from '../duration';
import { CommandError, UsageError } from '../errors';
import { checkLogFolder } from '../log/logFolder';
import { firstFacts } from '../log/loggedRun';
import { RunLog } from '../log/runLog';
import { wholeNumber } from '../numbers';
import { checkOutputs, forceOption, isSameFile } from '../outputFiles';
import { settingOptions } from '../settingOptions';
import { Interruption } from '../training/interruption';
import { dataFacts, resolveRun, runToJson, trainRows } from '../training/run';
import { RunSaver } from '../training/runSaver';
import { meanLoss, trainUntil } from '../training/trainUntil';

const ofPage = 'as in the page for the data set';

export const command = defineCommand({
  summary: 'Trains a model on a data set. Ctrl-C saves what was trained, then ends.',
  options: {
    dataset: { value: 'NAME', description: `One of ${Object.keys(datasets).join(', ')}.` },
    data: {
      value: 'PATH',
      description:
        'In place of it: images of your own: a folder, .zip, .tar.gz, .npz, .npy, .csv, .idx, .parquet, or https://….',
    },
    ...importOptions,
    ...settingOptions(trainRows, {
      ...{ steps: ofPage, batch: ofPage, learningRate: ofPage, emaDecay: ofPage, seed: ofPage },
      objective: `${ofPage}; with --resume, another one than the file's starts a new run from its weights`,
    }),
    classes: { description: 'Learn the classes of the images: a class-conditional model.' },
    config: { value: 'FILE', description: "JSON: the model's config, and `training` with training options." },
    out: { value: 'FILE', description: 'Gets the model: the EMA weights, safetensors.', required: true },
    state: {
      value: 'FILE',
      description: 'Gets all that --resume needs; by default OUT with .training.safetensors at its end.',
    },
    resume: { value: 'FILE', description: 'Goes on from a training state, or from the weights of a model.' },
    'save-every': { value: 'N', description: 'Save each N steps too; 1000 by default.' },
    log: {
      value: 'DIR',
      description: 'Gets the log of the run: losses, samples, and events of TensorBoard.',
    },
    'log-every': { value: 'N', description: 'Steps from a line of the log to the next; 10 by default.' },
    'sample-every': {
      value: 'N',
      description: 'Steps from samples and held-out loss in the log to the next; 500 by default.',
    },
    ...forceOption,
    ...backendOptions,
  },

  async run(
    { out, state: statePath, 'save-every': saveEvery, log: folder, force, backend, threads, ...options },
    { tell, warn },
  ) {
    const engine = backendChoice({ backend, threads });
    const stateOut = statePath ?? `${out.replace(/\.safetensors$/, '')}.training.safetensors`;
    const every = wholeNumber('save-every', saveEvery ?? '1000', 1);
    const intervals = logIntervals(folder, options);
    await checkFiles(out, stateOut, options, force);
    if (folder !== undefined) await checkLogFolder(folder, { goesOn: options.resume !== undefined, force });
    const run = await resolveRun(options, { warn });
    const { training, heldOut } = splitOf(run.dataset);
    checkTrainerSettings(run.settings, training.count);
    const tooLarge = memoryProblem(run.model, run.settings.batchSize, engine.name);
    if (tooLarge !== null) throw new CommandError(tooLarge);

    const operations = await startBackend(engine);
    const state = run.checkpoint
      ? restoreTrainingState(run.checkpoint, run.seed)
      : createTrainingState(run.model, run.seed);
    const losses = Array.from(run.checkpoint?.training?.losses ?? []);
    const modelBytes = async () => {
      const facts = {
        ...dataFacts(run.data, out),
        steps: String(state.step),
        saw_held_out: String(run.sawHeldOut),
      };
      return writeModel(run.model, await stateDictOf(run.model, state.ema), facts);
    };
    const files = [
      {
        path: stateOut,
        bytes: () => writeBundle(state, runToJson(run, stateOut), Float32Array.from(losses)),
      },
      { path: out, bytes: modelBytes },
    ];
    const saver = new RunSaver(files, every, warn);

    const log =
      folder === undefined
        ? undefined
        : await RunLog.open(
            {
              ...{ folder, ...intervals, facts: firstFacts(run, folder, engine) },
              ...{ state, operations, heldOut, losses, warn },
            },
            run.checkpoint?.training !== undefined,
          );

    const start = performance.now();
    const interruption = new Interruption();
    await trainUntil(state, operations, batchSource(training), run.settings, losses, {
      steps: run.steps,
      saver,
      interruption,
      log,
    });
    interruption.dispose();
    disposeTrainingState(state);
    const seconds = (performance.now() - start) / 1000;
    const [savedState, savedModel] = saver.paths;
    const facts = {
      ...{ stopped: interruption.requested, step: state.step, seconds, loss: meanLoss(losses) },
      ...{ out: savedModel, state: savedState, ...(folder === undefined ? {} : { log: folder }) },
    };
    tell(
      facts,
      `${facts.stopped ? 'Stopped' : 'Done'} after ${state.step} steps (${formatDuration(seconds)}), ` +
        `loss ${facts.loss.toFixed(4)}: ${savedModel} has the model, ${savedState} what --resume needs.`,
    );
    return interruption.exitCode ?? (saver.isElsewhere ? 1 : undefined);
  },
});

/** Throws UsageError where a log is described that is not wanted. */
function logIntervals(
  folder: string | undefined,
  options: Record<'log-every' | 'sample-every', string | undefined>,
): { every: number; samplesEvery: number } {
  for (const name of ['log-every', 'sample-every'] as const)
    if (folder === undefined && options[name] !== undefined)
      throw new UsageError(`--${name} is for a log: it needs --log.`);
  return {
    every: wholeNumber('log-every', options['log-every'] ?? '10', 1),
    samplesEvery: wholeNumber('sample-every', options['sample-every'] ?? '500', 1),
  };
}

/** Before anything is read: a run must not end for a file, or take the place of another run. */
async function checkFiles(
  out: string,
  state: string,
  { resume, config, data }: Record<'resume' | 'config' | 'data', string | undefined>,
  force: boolean,
): Promise<void> {
  const goesOn = resume !== undefined && (await isSameFile(resume, state));
  const kept = {
    '--state': `Continue that run with --resume ${state}, choose another --out or --state`,
    '--out': 'Choose another --out',
  };
  await checkOutputs(
    { '--state': state, '--out': out },
    { '--resume': goesOn ? undefined : resume, '--config': config, '--data': data },
    { force, kept: goesOn ? {} : kept },
  );
}
