import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { crc32 } from '../../src/engine/checkpoint/crc32';
import { datasets, isShippedDatasetId } from '../../src/engine/data/datasets';
import { plainName } from '../../src/engine/names';
import { parameterCount } from '../../src/engine/unet/size';
import { trainingGroup } from '../../src/settings/groups/training';
import type { Settings } from '../../src/settings/settings';
import { runColours } from '../../src/views/runs/compare/lines';
import type { RunFacts } from '../../src/views/runs/record/run';
import type { BackendChoice } from '../backend';
import type { TrainingRun } from '../training/run';

/** The settings of a run as the page has them. */
export function pageSettings({ model, settings, steps, seed }: TrainingRun): Settings {
  const { classDropout, ...training } = settings;
  return {
    model,
    training: {
      ...training,
      ...(classDropout === undefined ? {} : { classDropout }),
      steps,
      preview: trainingGroup.defaults.training.preview,
    },
    seed,
  };
}

/** What is known of a run at its beginning, as the page keeps it; its folder gives it its name. */
export function firstFacts(run: TrainingRun, folder: string, { name, threads }: BackendChoice): RunFacts {
  const { data, model } = run;
  const dataset = isShippedDatasetId(data.name) ? data.name : null;
  const runName = plainName(basename(resolve(folder))).slice(0, 200);
  return {
    id: randomUUID(),
    name: runName,
    colour: crc32(new TextEncoder().encode(runName)) % runColours.length,
    pinned: false,
    startedAt: Date.now(),
    updatedAt: Date.now(),
    dataset,
    title: dataset ? datasets[dataset].title : plainName(basename(data.name)).slice(0, 200),
    settings: pageSettings(run),
    differs: null,
    from: null,
    step: run.checkpoint?.training?.step ?? 0,
    seconds: 0,
    loss: null,
    heldOut: null,
    parameters: parameterCount(model),
    backend: name,
    device: name === 'wasm' ? `${threads} ${threads === 1 ? 'thread' : 'threads'}` : '',
    diverged: false,
    quality: [],
  };
}
