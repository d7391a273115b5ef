import * as tf from '@tensorflow/tfjs';
import { areFinite, type Halves } from '../halves';
import { disposeRepeated } from '../kernels/replay/kept';
import type { Random } from '../training/random';
import type { Architecture, ModelConfig } from './config';
import { type Layer, layersOf, weightRows, weightShape } from './layers';
import { packLayer, type ReferenceParameters, unpackLayer } from './parameters';

/** A layer's matrix `[K + 1, O]` by the layer's name. */
export type Weights = ReadonlyMap<string, tf.Tensor2D>;
export type Variables = ReadonlyMap<string, tf.Variable<tf.Rank.R2>>;

/** Parameters by the reference's names ("down.0.res.conv1.weight"), in the reference's layout; float16 as a file has it. */
export type StateDict = Map<string, { shape: number[]; data: Float32Array | Halves }>;

/** Thrown where a state dict does not fit a config; the message names the parameter and both shapes. */
export class StateDictError extends Error {
  override name = 'StateDictError';
}

/** Random weights as PyTorch initialises them: U(−1/√fanIn, 1/√fanIn); norms start at γ = 1, β = 0. */
export function initialWeights(config: ModelConfig, random: Random): Variables {
  return variablesOf(config, (layer) => {
    const rows = weightRows(layer);
    const packed = new Float32Array((rows + 1) * layer.outputs);
    if (layer.kind === 'norm') return packed.fill(1, 0, layer.outputs);
    // PyTorch takes the second dimension of the weight as fan-in, which for a transposed convolution is its output.
    const fanIn = layer.kind === 'convTranspose' ? 16 * layer.outputs : rows;
    const bound = 1 / Math.sqrt(fanIn);
    return packed.map(() => (2 * random.uniform() - 1) * bound);
  });
}

/** Weights of zeros, for the moments of Adam. */
export function zeroWeights(config: ModelConfig): Variables {
  return variablesOf(config, (layer) => new Float32Array((weightRows(layer) + 1) * layer.outputs));
}

/** Weights read from a state dict. Throws StateDictError for a missing, surplus or misshapen parameter. */
export function weightsFromStateDict(config: ModelConfig, dict: StateDict): Variables {
  // All is checked before the first tensor is made, so that a bad file costs no memory of the backend.
  checkStateDict(config, dict);
  return variablesOf(config, (layer) => matrixOf(layer, dict));
}

/** Each layer's matrix by the layer's name, as plain arrays. */
export type Matrices = ReadonlyMap<string, Float32Array>;

/** The matrices of a state dict. Throws as weightsFromStateDict. */
export function matricesFromStateDict(config: ModelConfig, dict: StateDict): Matrices {
  checkStateDict(config, dict);
  return new Map(layersOf(config).map((layer) => [layer.name, matrixOf(layer, dict)]));
}

/** Weights with the values of matrices of the same config. */
export function weightsFromMatrices(config: ModelConfig, matrices: Matrices): Variables {
  return variablesOf(config, ({ name }) => matrices.get(name) as Float32Array);
}

function matrixOf(layer: Layer, dict: StateDict): Float32Array {
  const data = (name: string) => dict.get(name)?.data as Float32Array | Halves;
  return packLayer(layer, { weight: data(`${layer.name}.weight`), bias: data(`${layer.name}.bias`) });
}

/** Checks that a state dict has the parameters of a config, all finite, and no others. Throws StateDictError. */
export function checkStateDict(config: Architecture, dict: StateDict): void {
  checkShapes(config, dict);
  for (const [name, { data }] of dict)
    if (!areFinite(data)) throw new StateDictError(`The parameter '${name}' holds NaN or infinity.`);
}

/** The same of names and shapes alone. */
export function checkShapes(
  config: Architecture,
  shapes: ReadonlyMap<string, { readonly shape: readonly number[] }>,
): void {
  const expected = new Map(
    layersOf(config).flatMap((layer) => [
      [`${layer.name}.weight`, weightShape(layer)],
      [`${layer.name}.bias`, [layer.outputs]],
    ]),
  );
  const surplus = [...shapes.keys()].find((name) => !expected.has(name));
  if (surplus !== undefined)
    throw new StateDictError(`The config has no parameter '${surplus}', but the file does.`);
  for (const [name, shape] of expected) {
    const entry = shapes.get(name);
    if (!entry) throw new StateDictError(`The parameter '${name}' is missing.`);
    if (entry.shape.join() !== shape.join()) {
      throw new StateDictError(
        `The parameter '${name}' is [${entry.shape}], but the config needs [${shape}].`,
      );
    }
  }
}

/** The state dict of weights (or of gradients: then layers without one are left out). */
export async function stateDictOf(config: ModelConfig, weights: Weights): Promise<StateDict> {
  const dict: StateDict = new Map();
  for (const layer of layersOf(config)) {
    const tensor = weights.get(layer.name);
    if (!tensor) continue;
    const { weight, bias }: ReferenceParameters = unpackLayer(layer, (await tensor.data()) as Float32Array);
    dict.set(`${layer.name}.weight`, { shape: weightShape(layer), data: weight });
    dict.set(`${layer.name}.bias`, { shape: [layer.outputs], data: bias });
  }
  return dict;
}

/** A second copy with the same values. Leaves nothing behind where the backend's memory does not suffice. */
export function copyWeights(weights: Weights): Variables {
  return eachOf([...weights], ([name, tensor]) => [name, tf.tidy(() => tf.variable(tensor.mul(1), false))]);
}

/** Gives up the tensors, and what repeats computations on them. */
export function disposeWeights(weights: Weights): void {
  disposeRepeated(weights);
  for (const tensor of weights.values()) tensor.dispose();
}

function variablesOf(config: ModelConfig, values: (layer: Layer) => Float32Array): Variables {
  return eachOf(layersOf(config), (layer) => [
    layer.name,
    tf.tidy(() => tf.variable(tf.tensor2d(values(layer), [weightRows(layer) + 1, layer.outputs]), false)),
  ]);
}

/** One variable after another; all are given back where one of them does not fit. */
function eachOf<Item>(items: Item[], make: (item: Item) => [string, tf.Variable]): Variables {
  const made = new Map<string, tf.Variable>();
  try {
    for (const item of items) made.set(...make(item));
    return made as Variables;
  } catch (error) {
    disposeWeights(made as Variables);
    throw error;
  }
}
