// Measures every model that ships, with this engine, and writes src/engine/models/measures.json, a contact sheet of each to
// public/models, and with `--document docs/models.md` the tables between that file's markers: `npm run models --
// --document docs/models.md [ID…]`. With ids, measures those alone. The same files give the same numbers. With `--against torch` it
// trains and compares in place of that: see againstTorch.ts; with `--first-minutes`, see firstMinutes.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readBundle } from '../../src/engine/checkpoint/bundle';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors';
import type { ShippedDatasetId } from '../../src/engine/data/datasets';
import {
  type PointsMeasures,
  pointsSheetName,
  type ShippedMeasures,
  sheetName,
  shippedMeasures,
} from '../../src/engine/models/shippedMeasures';
import { type ShippedModel, type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import { evaluatePoints } from '../../src/engine/points/evaluatePoints';
import { pointData } from '../../src/engine/points/pointData';
import { createPointModel } from '../../src/engine/points/pointModel';
import { readPointModel } from '../../src/engine/points/pointModelFile';
import {
  pointsFileName,
  type ShippedPointsId,
  shippedPointSets,
  usualPoints,
} from '../../src/engine/points/shippedPoints';
import { parameterCount } from '../../src/engine/unet/size';
import { firstSampleChoices } from '../../src/store/firstSampleChoices';
import { compareWithTorch } from './againstTorch';
import { ddpm, sampleCount } from './ddpm';
import { withTables } from './document';
import { measureFirstMinutes } from './firstMinutes';
import { pointsPng } from './pointsPng';

const SEED = 1;
const POINTS = 1000;
const SAMPLER = 'dpmSolver';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  options: {
    document: { type: 'string' },
    against: { type: 'string' },
    'first-minutes': { type: 'boolean', default: false },
    steps: { type: 'string', default: '1000' },
  },
  allowPositionals: true,
});
if (values.against !== undefined) {
  if (values.against !== 'torch')
    throw new Error(`There is nothing to compare with but torch, not '${values.against}'.`);
  const asked = positionals.length > 0 ? positionals : ['digits'];
  await compareWithTorch(asked as ShippedDatasetId[], Number(values.steps), values.document);
  process.exit();
}
if (values['first-minutes']) {
  const asked = positionals.length > 0 ? positionals : ['digits', 'fashion-16'];
  measureFirstMinutes(asked as ShippedDatasetId[], values.document);
  process.exit();
}
const wanted = (id: string) => positionals.length === 0 || positionals.includes(id);
const { models, points, studies } = shippedMeasures;

for (const id of (Object.keys(shippedModels) as ShippedModelId[]).filter(wanted)) models[id] = measure(id);
for (const set of shippedPointSets.filter(wanted)) points[set] = await measurePoints(set);
const json = `${JSON.stringify({ models, points, studies }, null, 2)}\n`;
writeFileSync(join(root, 'src/engine/models/measures.json'), json);
if (values.document !== undefined) {
  const path = join(root, values.document);
  const images = relative(dirname(path), join(root, 'public/models'));
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), { models, points }, images));
}

/** By `ddpm evaluate`; the contact sheet by `ddpm sample`, as the page draws it on opening. */
function measure(id: ShippedModelId): ShippedMeasures {
  const { file, dataset, draws }: ShippedModel = shippedModels[id];
  const path = join(root, 'public/models', file);
  const bytes = readFileSync(path);
  const { config } = readBundle(bytes);
  const { metadata } = readSafetensors(bytes);
  const { sampler, steps, eta = 0, count, guidance = 0 } = firstSampleChoices(config, draws);
  const seed = ['--seed', String(SEED)];
  const drawing = ['--sampler', String(sampler), '--steps', String(steps), '--eta', String(eta)];
  const samples = sampleCount(dataset);
  const judgedBy = draws ? drawing.slice(0, 4) : ['--sampler', SAMPLER];
  const judged = JSON.parse(
    ddpm('evaluate', path, '--count', String(samples), ...judgedBy, ...seed, '--json'),
  );
  const sheet = ['--model', path, '--out', join(root, 'public/models', sheetName(id))];
  ddpm(
    'sample',
    ...sheet,
    '--count',
    String(count),
    '--guidance',
    String(config.nClasses > 0 ? guidance : 0),
    ...drawing,
    ...seed,
  );
  const between = (of: 'frechet' | 'precision' | 'recall') => {
    if (!judged.features) return null;
    const { model, floor, ceiling } = judged.features;
    return { model: rounded(model[of]), floor: rounded(floor[of]), ceiling: rounded(ceiling[of]) };
  };
  process.stdout.write(`${id} is measured.\n`);
  return {
    steps: Number(metadata.steps),
    seconds: metadata.training_seconds === undefined ? null : Number(metadata.training_seconds),
    parameters: parameterCount(config),
    bytes: bytes.length,
    trainingLoss: rounded(judged.trainingLoss),
    heldOutLoss: rounded(judged.heldOutLoss),
    samples,
    frechet: between('frechet'),
    precision: between('precision'),
    recall: between('recall'),
    memorised: rounded(judged.memorised),
  };
}

async function measurePoints(set: ShippedPointsId): Promise<PointsMeasures> {
  const { count, noise, model: config } = usualPoints;
  const bytes = readFileSync(join(root, 'public/models', pointsFileName(set)));
  const model = await createPointModel(config, SEED);
  const { weights, steps, metadata } = readPointModel(bytes, config, model.layers);
  model.takeWeights(weights);
  const data = pointData({ set, count }, noise);
  const { error, distance, samples } = await evaluatePoints(model, data, { count: POINTS, seed: SEED });
  writeFileSync(join(root, 'public/models', pointsSheetName(set)), pointsPng(data.points, samples));
  process.stdout.write(`The points of ${set} are measured.\n`);
  return {
    steps,
    seconds: Number(metadata.training_seconds),
    parameters: model.parameters,
    bytes: bytes.length,
    loss: Number(metadata.loss),
    samples: POINTS,
    error: rounded(error),
    distance: {
      model: rounded(distance.model),
      floor: rounded(distance.floor),
      ceiling: rounded(distance.ceiling),
    },
  };
}

/** To four digits: the last ones are another machine's. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
