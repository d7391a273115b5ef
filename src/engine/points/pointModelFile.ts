import { floatData } from '../checkpoint/model';
import { readSafetensors, type WrittenTensor, writeSafetensors } from '../checkpoint/safetensors';
import type { DenseLayer } from './network/denseLayers';
import type { PointModel, PointModelConfig } from './pointModel';

const FORMAT = 'ddpm-points';

/** What a file says of its model beside the weights. */
export interface PointModelFile {
  weights: Float32Array;
  /** Steps of Adam behind them. */
  steps: number;
  metadata: Readonly<Record<string, string>>;
}

/**
 * The averaged weights as float16 by the names and in the layout of PyTorch's Linear, `layers.0.weight` [outputs, inputs]
 * and `layers.0.bias`, the config as JSON in the metadata's `config`.
 */
export function writePointModel(
  model: PointModel,
  facts: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const weights = model.averagedWeights();
  const tensors = new Map<string, WrittenTensor>();
  model.layers.forEach(({ inputs, outputs, offset }, i) => {
    const data = new Float32Array(inputs * outputs);
    for (let output = 0; output < outputs; output++)
      for (let input = 0; input < inputs; input++)
        data[output * inputs + input] = weights[offset + input * outputs + output] as number;
    const bias = weights.slice(offset + inputs * outputs, offset + (inputs + 1) * outputs);
    tensors.set(`layers.${i}.weight`, { shape: [outputs, inputs], data, half: true });
    tensors.set(`layers.${i}.bias`, { shape: [outputs], data: bias, half: true });
  });
  const { step, config } = model;
  return writeSafetensors(tensors, {
    ...facts,
    format: FORMAT,
    config: JSON.stringify(config),
    steps: String(step),
  });
}

/** Reads a file for a model of this config and these layers. Throws, with the reason, where it is another one or damaged. */
export function readPointModel(
  bytes: Uint8Array,
  config: PointModelConfig,
  layers: readonly DenseLayer[],
): PointModelFile {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== FORMAT) throw new Error('it holds no model of points');
  if (metadata.config !== JSON.stringify(config)) throw new Error('its network is another one');
  const parts = layers.flatMap(({ inputs, outputs, offset }, i) => {
    const read = (name: string, shape: readonly number[]) => {
      const tensor = tensors.get(name);
      if (!tensor || tensor.shape.join() !== shape.join())
        throw new Error(`it has no '${name}' of ${shape.join('×')}`);
      const data = floatData(name, tensor);
      if (!data.every(Number.isFinite)) throw new Error(`'${name}' holds a value that is no number`);
      return data;
    };
    const weight = read(`layers.${i}.weight`, [outputs, inputs]);
    const rows = Float32Array.from(
      { length: inputs * outputs },
      (_, place) => weight[(place % outputs) * inputs + Math.floor(place / outputs)] as number,
    );
    return [
      { at: offset, data: rows },
      { at: offset + inputs * outputs, data: read(`layers.${i}.bias`, [outputs]) },
    ];
  });
  const weights = new Float32Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  for (const { at, data } of parts) weights.set(data, at);
  const steps = Number(metadata.steps);
  if (!Number.isInteger(steps) || steps < 1) throw new Error('it does not say how long it was trained');
  return { weights, steps, metadata };
}
