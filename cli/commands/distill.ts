import { setImmediate } from 'node:timers/promises';
import { sawHeldOut } from '../../src/engine/checkpoint/sawHeldOut';
import { batchSource } from '../../src/engine/data/batches';
import { datasets, isShippedDatasetId } from '../../src/engine/data/datasets';
import { splitOf } from '../../src/engine/data/split';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { checkDistillation, divergence } from '../../src/engine/distillation/checks';
import { createStudent, distill, teacherPairs } from '../../src/engine/distillation/distill';
import { type DistillationSettings, distillationMethods } from '../../src/engine/distillation/methods';
import { writeStudent } from '../../src/engine/distillation/studentFile';
import type { FieldModel } from '../../src/engine/distillation/velocityField';
import type { Operations } from '../../src/engine/kernels/operations';
import { Random } from '../../src/engine/training/random';
import { checkTrainerSettings, type TrainingState } from '../../src/engine/training/trainer';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { distillationGroup } from '../../src/views/distillation/settings';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { importOptions } from '../crop';
import { CommandError, UsageError } from '../errors';
import { modelConfigOption, modelFiles, readModelFile } from '../model';
import { checkOutputs, forceOption } from '../outputFiles';
import { Progress } from '../progress';
import { defaultsOf, givenSettings, settingOptions } from '../settingOptions';
import { Interruption } from '../training/interruption';
import { checkClasses, dataFacts, keptData, keptIn } from '../training/run';
import { RunSaver } from '../training/runSaver';
import { trainingData } from '../trainingData';

const { batchSize, samples: _, ...others } = distillationGroup.rows;
const rows = { ...others, batch: batchSize };

export const command = defineCommand({
  summary: 'Trains a student that needs fewer steps than its teacher. Ctrl-C saves it and ends.',
  options: {
    teacher: {
      value: 'FILE',
      description: `Model or training state: ${modelFiles}. Its EMA weights teach.`,
      required: true,
    },
    ...modelConfigOption,
    ...settingOptions(rows),
    dataset: {
      value: 'NAME',
      description: `What the teacher learned: one of ${Object.keys(datasets).join(', ')}; by default what the file says.`,
    },
    data: { value: 'PATH', description: 'Your own images that it learned, in place of --dataset.' },
    ...importOptions,
    out: { value: 'FILE', description: 'Gets the student: a model, safetensors.', required: true },
    ...forceOption,
    ...backendOptions,
  },

  async run({ teacher: file, out, force, backend, threads, ...options }, { tell, warn }) {
    const engine = backendChoice({ backend, threads });
    const { batch, pairs, seed, ...given } = { ...defaultsOf(rows), ...givenSettings(rows, options) };
    const settings: DistillationSettings = { ...given, batchSize: batch };
    const { fromPairs } = distillationMethods[settings.method];
    if (options.pairs !== undefined && !fromPairs)
      throw new UsageError('--pairs is for --method reflow and --method direct.');
    if (fromPairs && settings.guidance !== 0)
      throw new UsageError(`--guidance is not for --method ${settings.method}.`);
    explained(() => checkDistillation(settings));
    await checkOutputs({ '--out': out }, { '--teacher': file, '--config': options.config }, { force });

    const { dataset: name } = options;
    const size = name !== undefined && isShippedDatasetId(name) ? datasets[name].imageSize : undefined;
    const { checkpoint, metadata } = await readModelFile(file, { warn }, options.config, size);
    const { config, ema } = checkpoint;
    if (settings.guidance !== 0 && config.nClasses === 0)
      throw new UsageError('--guidance is for a teacher with classes, and this one has learned none.');
    const named = options.dataset !== undefined || options.data !== undefined;
    const learned = named
      ? await trainingData(options)
      : await keptData(keptIn(checkpoint, metadata), options, file);
    const dataset = await learned.load(config);
    checkClasses(config, learned.name, dataset);
    const images = splitOf(dataset).training;
    explained(() => checkTrainerSettings(settings, fromPairs ? pairs : images.count));

    const operations = await startBackend(engine);
    const diffusion = createDiffusion(config.schedule, config.nSteps);
    const teacher: FieldModel = { config, diffusion, weights: weightsFromStateDict(config, ema) };
    const student = createStudent(teacher, seed);
    const source = fromPairs
      ? await drawPairs(teacher, operations, pairs, settings.teacherSteps, seed)
      : batchSource(images);
    const reached = { studentSteps: 0, step: 0 };
    const saw = sawHeldOut(checkpoint, metadata);
    const bytes = () =>
      writeStudent(student, { settings, reached, sawHeldOut: saw, data: dataFacts(learned, out) });
    const saver = new RunSaver([{ path: out, bytes }], settings.steps, warn);
    const interruption = new Interruption();
    const loss = await train(teacher, student, operations, source, settings, {
      saver,
      interruption,
      reached,
    });
    interruption.dispose();
    const [saved] = saver.paths;
    tell(
      { stopped: interruption.requested, ...reached, loss, out: saved },
      `${saved} has the student: ${reached.studentSteps} steps, mean squared error of its velocity ${loss.toFixed(5)}.`,
    );
    return interruption.exitCode ?? (saver.isElsewhere ? 1 : undefined);
  },
});

interface Run {
  saver: RunSaver;
  interruption: Interruption;
  /** What the student of the last stage has done. */
  reached: { studentSteps: number; step: number };
}

/** Distils until the last stage is done or it is interrupted, and saves after each stage. Resolves with the last mean loss. */
async function train(
  teacher: FieldModel,
  student: TrainingState,
  operations: Operations,
  source: ReturnType<typeof batchSource>,
  settings: DistillationSettings,
  { saver, interruption, reached }: Run,
): Promise<number> {
  const { steps } = settings;
  let [recent, progress]: [number[], Progress | undefined] = [[], undefined];
  try {
    for await (const { stage, stages, studentSteps, step, loss } of distill(
      teacher,
      student,
      operations,
      source,
      settings,
    )) {
      if (step === 1) {
        recent = [];
        progress?.stop();
        progress = new Progress(`Stage ${stage + 1} of ${stages}, ${studentSteps} steps`, steps);
      }
      const value = await loss;
      const problem = divergence(step, value);
      if (problem !== null) throw new CommandError(`${problem} What was saved before stays.`);
      recent = [...recent.slice(-99), value];
      progress?.update(step, `loss ${mean(recent).toFixed(5)}`);
      Object.assign(reached, { studentSteps, step });
      const stop = interruption.requested || (stage === stages - 1 && step === steps);
      if (stop) await saver.saveLast();
      else if (step === steps) await saver.save();
      if (stop) break;
      // Signals and timers have their turn only between tasks.
      await setImmediate();
    }
  } finally {
    progress?.stop();
  }
  return mean(recent);
}

async function drawPairs(
  teacher: FieldModel,
  operations: Operations,
  count: number,
  steps: number,
  seed: number,
) {
  const progress = new Progress('Images of the teacher', count);
  try {
    const drawing = teacherPairs(teacher, operations, { count, steps, random: new Random(seed) });
    for (;;) {
      const { done, value } = await drawing.next();
      if (done) return value;
      progress.update(value);
    }
  } finally {
    progress.stop();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Turns an error of the engine about settings into one about the command line. */
function explained(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
