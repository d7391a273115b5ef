import { readBundle } from '../../src/engine/checkpoint/bundle';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors';
import { modelConfigToJson } from '../../src/engine/unet/config';
import { parameterCount } from '../../src/engine/unet/size';
import { defineCommand } from '../command';
import { readAs, readBytes } from '../files';

export const command = defineCommand({
  summary: 'What is in a file: config, parameters, training state, metadata, tensors.',
  file: 'Model, training state, or any other safetensors file.',
  options: { tensors: { description: 'List every tensor, with its type and shape.' } },

  async run({ tensors: listed }, { file, tell }) {
    const { tensors, metadata } = await readAs(file, readSafetensors);
    const bytes = (await readBytes(file)).length;
    // Only a file that says it is a model must be a sound one.
    const checkpoint = metadata.config === undefined ? undefined : await readAs(file, readBundle);
    const { training } = checkpoint ?? {};
    const { config: _, training: __, ...others } = metadata;
    const facts = {
      file,
      kind: training ? 'training state' : checkpoint ? 'model' : 'tensors',
      bytes,
      config: checkpoint ? modelConfigToJson(checkpoint.config) : null,
      parameters: checkpoint ? parameterCount(checkpoint.config) : null,
      training: training
        ? { step: training.step, loss: lastMean(training.losses), extra: training.extra }
        : null,
      metadata: others,
      tensors: [...tensors].map(([name, { dtype, shape }]) => ({ name, dtype, shape })),
    };
    tell(facts, textOf(facts, listed));
  },
});

interface Facts {
  file: string;
  kind: string;
  bytes: number;
  config: unknown;
  parameters: number | null;
  training: { step: number; loss: number | null; extra: unknown } | null;
  metadata: Record<string, string>;
  tensors: { name: string; dtype: string; shape: number[] }[];
}

function textOf(
  { file, kind, bytes, config, parameters, training, metadata, tensors }: Facts,
  listed: boolean,
): string {
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const rows: [string, string][] = [['kind', `${kind}, ${bytes.toLocaleString('en')} bytes`]];
  if (config !== null) rows.push(['config', JSON.stringify(config)]);
  if (parameters !== null) rows.push(['parameters', parameters.toLocaleString('en')]);
  rows.push(['tensors', `${tensors.length} (${types || 'none'})`]);
  if (training) {
    rows.push(['step', training.step.toLocaleString('en')]);
    if (training.loss !== null) rows.push(['loss', `${training.loss.toFixed(4)}, mean of the last 100 kept`]);
    rows.push(['extra', JSON.stringify(training.extra)]);
  }
  rows.push(...Object.entries(metadata));
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = [file, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
  if (listed)
    lines.push(...tensors.map(({ name, dtype, shape }) => `  ${dtype} [${shape.join(', ')}] ${name}`));
  return lines.join('\n');
}

function lastMean(losses: Float32Array): number | null {
  const last = losses.subarray(-100).filter(Number.isFinite);
  return last.length === 0 ? null : last.reduce((sum, loss) => sum + loss, 0) / last.length;
}
