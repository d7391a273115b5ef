// Trains the models that ship with the page and writes them to public/models: `npx tsx tools/models/make.ts [ID…] [-- FLAGS]`,
// where `ddpm train` takes the flags. Takes 20 to 60 minutes each on two cores, and `points`, all models of points, two minutes.
// What was trained stays in a folder of the temporary directory, so that a run that was stopped goes on there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBundle } from '../../src/engine/checkpoint/bundle';
import { modelMetadata, writeModel } from '../../src/engine/checkpoint/model';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors';
import type { DistillationMethodId } from '../../src/engine/distillation/methods';
import { floatsOf } from '../../src/engine/halves';
import { type ShippedModel, type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import type { ModelConfig } from '../../src/engine/unet/config';
import type { StateDict } from '../../src/engine/unet/weights';
import { defaultSettings } from '../../src/settings/defaultSettings';
import { makePoints } from './points';

/** One call of `ddpm train`; a later one goes on from the one before. */
interface Phase {
  steps: number;
  batch: number;
  learningRate: number;
  emaDecay: number;
}

/** One call of `ddpm distill`. */
interface Distillation {
  teacher: ShippedModelId;
  method: DistillationMethodId;
  teacherSteps: number;
  pairs: number;
  steps: number;
  batch: number;
  learningRate: number;
  emaDecay: number;
}

const SEED = 1;

type StudentId = 'digitsOneStep';

const students: Record<StudentId, Distillation> = {
  digitsOneStep: {
    ...{ teacher: 'digitsFlow', method: 'direct', teacherSteps: 8, pairs: 16_384 },
    ...{ steps: 4500, batch: 64, learningRate: 1e-3, emaDecay: 0.999 },
  },
};

/** At the lower rate the loss falls once more, and the average forgets the noisier weights. */
const recipes: Record<Exclude<ShippedModelId, StudentId>, readonly Phase[]> = {
  digits: [
    { steps: 8000, batch: 64, learningRate: 1e-3, emaDecay: 0.9995 },
    { steps: 10_000, batch: 64, learningRate: 2e-4, emaDecay: 0.9995 },
  ],
  digitsByClass: [
    { steps: 8000, batch: 64, learningRate: 1e-3, emaDecay: 0.9995 },
    { steps: 10_000, batch: 64, learningRate: 2e-4, emaDecay: 0.9995 },
  ],
  digitsFlow: [
    { steps: 9000, batch: 64, learningRate: 1e-3, emaDecay: 0.9995 },
    { steps: 10_127, batch: 64, learningRate: 2e-4, emaDecay: 0.9995 },
  ],
  fashionByClass: [
    { steps: 6000, batch: 32, learningRate: 5e-4, emaDecay: 0.9995 },
    { steps: 8000, batch: 32, learningRate: 1e-4, emaDecay: 0.999 },
  ],
  emojiByClass: [
    { steps: 8000, batch: 32, learningRate: 5e-4, emaDecay: 0.9995 },
    { steps: 10_000, batch: 32, learningRate: 1e-4, emaDecay: 0.999 },
  ],
  mnist28ByClass: [
    { steps: 1000, batch: 32, learningRate: 1e-3, emaDecay: 0.999 },
    { steps: 2400, batch: 32, learningRate: 5e-4, emaDecay: 0.999 },
    { steps: 3400, batch: 32, learningRate: 1e-4, emaDecay: 0.999 },
  ],
  // The rate rose once more: after the first two the digits were not sharp enough.
  mnist16ByClass: [
    { steps: 4000, batch: 32, learningRate: 8e-4, emaDecay: 0.9995 },
    { steps: 5500, batch: 32, learningRate: 1e-4, emaDecay: 0.999 },
    { steps: 9500, batch: 32, learningRate: 4e-4, emaDecay: 0.9995 },
    { steps: 11_000, batch: 32, learningRate: 1e-4, emaDecay: 0.999 },
  ],
};

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const kept = join(tmpdir(), 'ddpm-models');
const shipped = new URL('../../public/models/', import.meta.url);
mkdirSync(kept, { recursive: true });
mkdirSync(shipped, { recursive: true });

const words = process.argv.slice(2);
const end = words.indexOf('--');
const passedOn = end < 0 ? [] : words.slice(end + 1);
const asked = words.slice(0, end < 0 ? words.length : end) as (ShippedModelId | 'points')[];
const all = ['points', ...(Object.keys({ ...recipes, ...students }) as ShippedModelId[])] as const;
for (const id of asked.length > 0 ? asked : all) {
  if (id === 'points') {
    await makePoints(shipped);
    continue;
  }
  if (isStudent(id)) distil(id);
  else {
    for (const phase of recipes[id]) train(id, phase);
    shipTrained(id);
  }
}

function isStudent(id: ShippedModelId): id is StudentId {
  return Object.hasOwn(students, id);
}

/** The student of a model that ships; where it is there already, it is taken as it is. */
function distil(id: StudentId): void {
  const { teacher, ...recipe } = students[id];
  const out = join(kept, `${id}.safetensors`);
  const begun = performance.now();
  if (!existsSync(out)) {
    const file = fileURLToPath(new URL(shippedModels[teacher].file, shipped));
    const options = { teacher: file, ...recipe, seed: SEED, out };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${dashed(name)}`, String(value)]);
    execFileSync(process.execPath, ['--import', 'tsx', main, 'distill', ...flags, ...passedOn], {
      stdio: 'inherit',
    });
    writeFileSync(secondsFile(id), String((performance.now() - begun) / 1000));
  }
  const { config, ema } = readBundle(readFileSync(out));
  const { distilled } = readSafetensors(readFileSync(out)).metadata;
  ship(id, config, ema, recipe.steps, {
    recipe: JSON.stringify([students[id]]),
    distilled: distilled as string,
  });
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function train(
  id: Exclude<ShippedModelId, StudentId>,
  { steps, batch, learningRate, emaDecay }: Phase,
): void {
  const state = join(kept, `${id}.training.safetensors`);
  const before = existsSync(state) ? readBundle(readFileSync(state)).training : undefined;
  if ((before?.step ?? 0) >= steps) return;
  const { dataset, config }: ShippedModel = shippedModels[id];
  const options = {
    dataset,
    steps,
    batch,
    'learning-rate': learningRate,
    'ema-decay': emaDecay,
    out: join(kept, `${id}.safetensors`),
    ...(before ? { resume: state } : { seed: SEED }),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  if (!before) {
    const file = join(kept, `${id}.json`);
    writeFileSync(file, modelMetadata({ ...defaultSettings(dataset).model, ...config }).config as string);
    flags.push('--config', file, ...(config.nClasses ? ['--classes'] : []));
  }
  const begun = performance.now();
  execFileSync(process.execPath, ['--import', 'tsx', main, 'train', ...flags, ...passedOn], {
    stdio: 'inherit',
  });
  const seconds = (performance.now() - begun) / 1000 + (before ? (secondsOf(id) ?? Number.NaN) : 0);
  if (Number.isFinite(seconds)) writeFileSync(secondsFile(id), String(seconds));
}

/** Beside what was trained: how long it took. Of a run that someone else began nobody knows. */
function secondsFile(id: ShippedModelId): string {
  return join(kept, `${id}.seconds`);
}

function secondsOf(id: ShippedModelId): number | undefined {
  return existsSync(secondsFile(id)) ? Number(readFileSync(secondsFile(id), 'utf8')) : undefined;
}

function shipTrained(id: Exclude<ShippedModelId, StudentId>): void {
  const { config, ema, training } = readBundle(readFileSync(join(kept, `${id}.training.safetensors`)));
  if (!training) throw new Error(`There is no training state of '${id}'.`);
  ship(id, config, ema, training.step, { recipe: JSON.stringify(recipes[id]) });
}

/** The averaged weights, rounded to float16, with what made them in the metadata. */
function ship(
  id: ShippedModelId,
  config: ModelConfig,
  ema: StateDict,
  steps: number,
  madeBy: Readonly<Record<string, string>>,
): void {
  const { dataset, file } = shippedModels[id];
  const seconds = secondsOf(id);
  const halves = new Map(
    [...ema].map(([name, { shape, data }]) => [name, { shape, data: floatsOf(data), half: true as const }]),
  );
  const facts = {
    dataset,
    steps: String(steps),
    seed: String(SEED),
    ...madeBy,
    saw_held_out: String(shippedModels[id].sawHeldOut),
    ...(seconds !== undefined && { training_seconds: seconds.toFixed(0) }),
  };
  const bytes = writeModel(config, halves, facts);
  writeFileSync(new URL(file, shipped), bytes);
  process.stdout.write(`${file}: ${bytes.length} bytes, ${steps} steps\n`);
}
