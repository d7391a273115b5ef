import { readFileSync, writeFileSync } from 'node:fs';
import { evaluatePoints } from '../../src/engine/points/evaluatePoints';
import { pointData } from '../../src/engine/points/pointData';
import { createPointModel } from '../../src/engine/points/pointModel';
import { readPointModel, writePointModel } from '../../src/engine/points/pointModelFile';
import {
  pointsFileName,
  type ShippedPointsId,
  shippedPointSets,
  usualPoints,
} from '../../src/engine/points/shippedPoints';

const SEED = 1;
/** At the lower rates the field comes nearer once more. */
const phases = [
  { steps: 6000, learningRate: 3e-3, emaDecay: 0.995 },
  { steps: 6000, learningRate: 1e-3, emaDecay: 0.998 },
  { steps: 8000, learningRate: 2e-4, emaDecay: 0.999 },
];

/** Trains the models of points that ship; half a minute each. The same seed gives the same file, but for its time. */
export async function makePoints(folder: URL): Promise<void> {
  for (const set of shippedPointSets) await make(set, new URL(pointsFileName(set), folder));
}

async function make(set: ShippedPointsId, file: URL): Promise<void> {
  const { count, noise, model: config, trainer } = usualPoints;
  const data = pointData({ set, count }, noise);
  const model = await createPointModel(config, SEED);
  const losses: number[] = [];
  const begun = performance.now();
  for (const { steps, ...rates } of phases)
    for (let i = 0; i < steps; i++) losses.push(model.trainStep(data, { ...trainer, ...rates }).loss);
  const seconds = (performance.now() - begun) / 1000;
  const last = losses.slice(-1000);
  const facts = {
    dataset: set,
    count: String(count),
    noise: String(noise),
    seed: String(SEED),
    recipe: JSON.stringify(phases.map((phase) => ({ ...trainer, ...phase }))),
    training_seconds: seconds.toFixed(1),
    loss: (last.reduce((sum, loss) => sum + loss, 0) / last.length).toFixed(4),
  };
  const bytes = writePointModel(model, facts);
  writeFileSync(file, bytes);
  // As it will be opened: rounded to halves.
  model.takeWeights(readPointModel(readFileSync(file), config, model.layers).weights);
  const { error, distance } = await evaluatePoints(model, data, { count: 1000, seed: SEED });
  process.stdout.write(
    `${set}: ${bytes.length} bytes, ${seconds.toFixed(0)} s, loss ${facts.loss}, field ${error.toFixed(4)}, ` +
      `distance ${distance.model.toFixed(5)} (data ${distance.floor.toFixed(5)}, noise ${distance.ceiling.toFixed(3)})\n`,
  );
}
