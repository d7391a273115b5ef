import { readCheckpoint } from '../../src/engine/checkpoint/bundle';
import { IMAGES } from '../../src/engine/checkpoint/bundledImages';
import type { Checkpoint } from '../../src/engine/checkpoint/checkpoint';
import { type FoundModel, findModel } from '../../src/engine/checkpoint/findModel';
import { cluesIn } from '../../src/engine/checkpoint/inferConfig';
import { openTensorFile } from '../../src/engine/checkpoint/openTensorFile';
import type { TensorFile } from '../../src/engine/checkpoint/tensorFile';
import { modelConfigToJson } from '../../src/engine/unet/config';
import { parameterCount } from '../../src/engine/unet/size';
import { defineCommand } from '../command';
import { naming, readAs } from '../files';
import { modelFiles } from '../model';

export const command = defineCommand({
  summary: 'What is in a file: config, parameters, training state, metadata, tensors.',
  file: `Model, training state, or a file of any other tensors: ${modelFiles}.`,
  options: { tensors: { description: 'List every tensor, with its type and shape.' } },

  async run({ tensors: listed }, { file: path, tell }) {
    const { file, bytes } = await readAs(path, (read) => ({
      file: openTensorFile(read),
      bytes: read.length,
    }));
    // Only a file that says it is a model must be a sound one.
    const read = file.metadata.config === undefined ? null : naming(path, () => readCheckpoint(file));
    const { config: _, training: __, ...metadata } = file.metadata;
    const facts = {
      file: path,
      format: file.format,
      bytes,
      ...(read ? ofCheckpoint(read.checkpoint, read.found) : ofTensors(file)),
      metadata,
      tensors: [...file.entries].map(([name, { dtype, shape }]) => ({ name, dtype, shape })),
      others: file.others,
    };
    tell(facts, textOf(facts, listed));
  },
});

/** What a file is, and what is known of its model. */
interface ModelFacts {
  kind: 'model' | 'training state' | 'state dict' | 'tensors';
  /** As in a model file; of a state dict what shapes and clues tell. */
  config: Record<string, unknown> | null;
  parameters: number | null;
  /** What stands before the names of the weights, and whether they are an average. */
  weights: { prefix: string; ema: boolean } | null;
  ignored: string[];
  training: { step: number; loss: number | null; extra: unknown } | null;
}

function ofCheckpoint({ config, training }: Checkpoint, found: FoundModel | null): ModelFacts {
  return {
    kind: training ? 'training state' : 'model',
    config: modelConfigToJson(config),
    parameters: parameterCount(config),
    weights: found && { prefix: found.prefix, ema: found.isEma },
    ignored: found?.ignored ?? [],
    training: training
      ? { step: training.step, loss: lastMean(training.losses), extra: training.extra }
      : null,
  };
}

function ofTensors(file: TensorFile): ModelFacts {
  const none = { config: null, parameters: null, weights: null, ignored: [], training: null };
  let found: FoundModel;
  try {
    found = findModel(file.entries, file.others);
  } catch {
    return { ...none, kind: 'tensors' };
  }
  return {
    ...none,
    kind: 'state dict',
    config: JSON.parse(JSON.stringify(modelConfigToJson({ ...found.architecture, ...cluesIn(file, found) }))),
    parameters: parameterCount(found.architecture),
    weights: { prefix: found.prefix, ema: found.isEma },
    ignored: found.ignored,
  };
}

interface Facts extends ModelFacts {
  file: string;
  format: string;
  bytes: number;
  metadata: Record<string, string>;
  tensors: { name: string; dtype: string; shape: number[] }[];
}

function textOf(facts: Facts, listed: boolean): string {
  const { config, parameters, weights, ignored, training, metadata, tensors } = facts;
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const rows: [string, string][] = [
    ['kind', `${facts.kind}, ${facts.format}, ${facts.bytes.toLocaleString('en')} bytes`],
  ];
  if (config !== null) rows.push(['config', JSON.stringify(config)]);
  if (parameters !== null) rows.push(['parameters', parameters.toLocaleString('en')]);
  if (weights && (weights.ema || weights.prefix !== ''))
    rows.push(['weights', `${weights.ema ? 'EMA, ' : ''}under '${weights.prefix}'`]);
  if (ignored.length > 0) rows.push(['not read', ignored.join(', ')]);
  const images = tensors.find(({ name }) => name === IMAGES)?.shape[0];
  if (training && images) rows.push(['images', `${images.toLocaleString('en')} that it learned`]);
  rows.push(['tensors', `${tensors.length} (${types || 'none'})`]);
  if (training) {
    rows.push(['step', training.step.toLocaleString('en')]);
    if (training.loss !== null) rows.push(['loss', `${training.loss.toFixed(4)}, mean of the last 100 kept`]);
    rows.push(['extra', JSON.stringify(training.extra)]);
  }
  rows.push(...Object.entries(metadata));
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = [facts.file, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
  if (listed)
    lines.push(...tensors.map(({ name, dtype, shape }) => `  ${dtype} [${shape.join(', ')}] ${name}`));
  return lines.join('\n');
}

function lastMean(losses: Float32Array): number | null {
  const last = losses.subarray(-100).filter(Number.isFinite);
  return last.length === 0 ? null : last.reduce((sum, loss) => sum + loss, 0) / last.length;
}
