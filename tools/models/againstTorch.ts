// `npm run models -- --against torch [--steps N] [--document docs/models.md] [DATASET…]`: the default model of each data set, trained
// by this engine and by plain PyTorch (scale-out, in f32) on the same images with the same settings, each from three seeds. Takes
// minutes for a thousand steps of digits.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { withBlock } from '../../bench/document';
import { table } from '../../bench/table';
import { findPythonWithTorch } from '../../bench/torch';
import { writeModel } from '../../src/engine/checkpoint/model';
import { imagesMember, labelsMember } from '../../src/engine/data/archive';
import type { Dataset } from '../../src/engine/data/dataset';
import { datasets, loadDataset, type ShippedDatasetId } from '../../src/engine/data/datasets';
import { formatIdx } from '../../src/engine/data/idx';
import { splitOf } from '../../src/engine/data/split';
import { spreadText } from '../../src/engine/quality/frechetCurve';
import { Random } from '../../src/engine/training/random';
import { initialWeights, stateDictOf } from '../../src/engine/unet/weights';
import { levelsOf } from '../../src/panels/code/export/trainingImages';
import { defaultSettings } from '../../src/settings/defaultSettings';
import { ddpm, SAMPLES, sampleCount } from './ddpm';

const SEEDS = [1, 2, 3];
const programs = { torch: 'PyTorch', ours: 'this engine' } as const;
type Program = keyof typeof programs;

/** What a run comes to. */
interface Outcome {
  heldOutLoss: number;
  frechet: number;
  precision: number;
  recall: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Prints the comparison as a table, and puts it into the document. */
export async function compareWithTorch(
  asked: readonly ShippedDatasetId[],
  steps: number,
  document: string | undefined,
): Promise<void> {
  const python = findPythonWithTorch();
  if (!python) throw new Error('No python3 with torch was found.');
  const rows: string[][] = [];
  for (const id of asked) {
    for (const program of Object.keys(programs) as Program[]) {
      const outcomes: Outcome[] = [];
      for (const seed of SEEDS) outcomes.push(await outcomeOf({ id, program, seed, steps, python }));
      rows.push([datasets[id].title, programs[program], ...cells(outcomes)]);
    }
  }
  const head = ['data set', 'trained by', 'held-out loss', 'Fréchet distance', 'precision', 'recall'];
  process.stdout.write(`${table(head, rows, 'table')}\n`);
  if (document === undefined) return;
  const note = `${steps.toLocaleString('en')} steps each; mean ± standard deviation over ${SEEDS.length} seeds; Fréchet distance, precision and recall of ${SAMPLES} samples, or as many as are held out, by DPM-Solver++ in 15 steps.`;
  const text = readFileSync(document, 'utf8');
  writeFileSync(document, withBlock(text, 'torch', `${table(head, rows, 'markdown')}\n\n${note}`));
}

interface Run {
  id: ShippedDatasetId;
  program: Program;
  seed: number;
  steps: number;
  python: string;
}

async function outcomeOf({ id, program, seed, steps, python }: Run): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'against-torch-'));
  try {
    const model = join(folder, 'model.safetensors');
    const { training } = defaultSettings(id);
    const shared = ['--steps', steps, '--batch', training.batchSize, '--seed', seed].map(String);
    const rates = ['--learning-rate', training.learningRate, '--ema-decay', training.emaDecay].map(String);
    if (program === 'ours') ddpm('train', '--dataset', id, ...shared, ...rates, '--out', model);
    else {
      const data = await loadDataset(id, (name) => readFile(join(root, 'public/data', name)));
      const start = join(folder, 'start.safetensors');
      const images = join(folder, 'training.zip');
      writeFileSync(start, await startOf(id, seed));
      writeFileSync(images, archiveOf(splitOf(data).training, datasets[id].white));
      const files = ['--bundle', start, '--data', images, '--out', model];
      const words = ['-m', 'ddpm_scale_out.train', ...files, ...shared, ...rates, '--precision', 'f32'];
      execFileSync(python, words, { cwd: join(root, 'scale-out'), stdio: ['ignore', 'inherit', 'inherit'] });
    }
    const count = String(sampleCount(id));
    const drawing = ['--count', count, '--sampler', 'dpmSolver', '--steps', '15', '--seed', '1'];
    const { heldOutLoss, features } = JSON.parse(
      ddpm('evaluate', model, '--dataset', id, ...drawing, '--json'),
    );
    return { heldOutLoss, ...features.model };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Random weights of the data set's default model, drawn as this engine draws them. */
async function startOf(id: ShippedDatasetId, seed: number): Promise<Uint8Array> {
  const { model } = defaultSettings(id);
  return writeModel(model, await stateDictOf(model, initialWeights(model, new Random(seed))));
}

/** The images that may be learned from, as the page keeps a data set. */
function archiveOf(dataset: Dataset, white: number): Uint8Array {
  const { labels, count, imageSize, channels } = dataset;
  const shape = [count, imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  return zipSync({
    [imagesMember]: formatIdx({ shape, values: levelsOf(dataset, white) }),
    [labelsMember]: formatIdx({ shape: [count], values: labels }),
  });
}

function cells(outcomes: readonly Outcome[]): string[] {
  const cell = (of: (outcome: Outcome) => number, digits: number) =>
    spreadText(outcomes.map(of), (value) => value.toFixed(digits));
  return [
    cell(({ heldOutLoss }) => heldOutLoss, 4),
    cell(({ frechet }) => frechet, 2),
    `${cell(({ precision }) => 100 * precision, 0)} %`,
    `${cell(({ recall }) => 100 * recall, 0)} %`,
  ];
}
