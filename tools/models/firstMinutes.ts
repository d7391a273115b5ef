// `npm run models -- --first-minutes [--document docs/models.md] [DATASET…]`: how soon a model of the data set draws well, by the default
// recipe and by the one that was the default before it, each from three seeds. The two take turns, so that other work on the
// machine slows both.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBlock } from '../../bench/document';
import { table } from '../../bench/table';
import { modelMetadata } from '../../src/engine/checkpoint/model';
import { datasets, type ShippedDatasetId } from '../../src/engine/data/datasets';
import { spreadText } from '../../src/engine/quality/frechetCurve';
import type { ModelConfig } from '../../src/engine/unet/config';
import { defaultSettings } from '../../src/settings/defaultSettings';
import { ddpm, sampleCount } from './ddpm';

const SEEDS = [1, 2, 3];
const STEPS = [60, 120, 250, 500, 1000];

/** In what the default config differed when the page took the first minutes as they came; batch and rates were the same. */
const earlier: Partial<Record<ShippedDatasetId, Partial<ModelConfig>>> = {
  digits: { nGroups: 32 },
  'fashion-16': { schedule: 'linear', objective: 'epsilon' },
};

/** What was measured of a recipe after so many steps, of each seed. */
interface Point {
  seconds: number[];
  frechet: number[];
}

/** Prints the tables, and puts them into the document. */
export function measureFirstMinutes(asked: readonly ShippedDatasetId[], document: string | undefined): void {
  const parts = asked.map((id) => `${datasets[id].title}:\n\n${tableOf(id)}`);
  process.stdout.write(`${parts.join('\n\n')}\n`);
  if (document === undefined) return;
  const text = readFileSync(document, 'utf8');
  writeFileSync(document, withBlock(text, 'first-minutes', parts.join('\n\n')));
}

function tableOf(id: ShippedDatasetId): string {
  const configs = configsOf(id);
  const points = configs.map(() => STEPS.map((): Point => ({ seconds: [], frechet: [] })));
  const folder = mkdtempSync(join(tmpdir(), 'first-minutes-'));
  try {
    for (const seed of SEEDS) {
      const seconds = configs.map(() => 0);
      STEPS.forEach((steps, i) => {
        configs.forEach((config, which) => {
          const model = join(folder, `${which}-${seed}.safetensors`);
          const spent = train(id, config, { steps, seed, model, begun: i > 0 });
          seconds[which] = (seconds[which] as number) + spent;
          const point = points[which]?.[i] as Point;
          point.seconds.push(seconds[which] as number);
          point.frechet.push(frechetOf(id, model));
        });
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = STEPS.map((steps, i) => [
    String(steps),
    ...points.flatMap((curve) => cells(curve[i] as Point)),
  ]);
  const head = ['steps', 'before: seconds', 'Fréchet distance', 'now: seconds', 'Fréchet distance'];
  return table(head, rows, 'markdown');
}

function configsOf(id: ShippedDatasetId): [before: ModelConfig, now: ModelConfig] {
  const before = earlier[id];
  if (!before) throw new Error(`Nothing is known of the earlier defaults of '${id}'.`);
  const { model } = defaultSettings(id);
  return [{ ...model, ...before }, model];
}

/** Trains up to so many steps; the seconds that this took, reading and saving left out. */
function train(
  id: ShippedDatasetId,
  config: ModelConfig,
  run: { steps: number; seed: number; model: string; begun: boolean },
): number {
  const { batchSize, learningRate, emaDecay } = defaultSettings(id).training;
  const configFile = `${run.model}.json`;
  writeFileSync(configFile, modelMetadata(config).config as string);
  const state = `${run.model}.training`;
  const from = run.begun
    ? ['--resume', state, '--force']
    : ['--config', configFile, '--seed', String(run.seed)];
  const rates = ['--batch', batchSize, '--learning-rate', learningRate, '--ema-decay', emaDecay].map(String);
  const files = ['--out', run.model, '--state', state];
  const words = ['--dataset', id, '--steps', String(run.steps), ...rates, ...from, ...files, '--json'];
  return JSON.parse(ddpm('train', ...words)).seconds;
}

function frechetOf(id: ShippedDatasetId, model: string): number {
  const drawing = [
    '--count',
    String(sampleCount(id)),
    '--sampler',
    'dpmSolver',
    '--steps',
    '15',
    '--seed',
    '1',
  ];
  return JSON.parse(ddpm('evaluate', model, '--dataset', id, ...drawing, '--json')).features.model.frechet;
}

function cells({ seconds, frechet }: Point): string[] {
  return [spreadText(seconds, (value) => value.toFixed(0)), spreadText(frechet, (value) => value.toFixed(2))];
}
