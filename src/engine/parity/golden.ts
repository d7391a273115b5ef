import * as tf from '@tensorflow/tfjs';
import { readSafetensors } from '../checkpoint/safetensors';
import { createDiffusion } from '../diffusion/diffusion';
import { reverseChain } from '../diffusion/reverseChain';
import type { Operations } from '../kernels/operations';
import { activations, moduleOutputs } from '../network/activations';
import { applyGradients, createTrainingState, disposeTrainingState } from '../training/trainer';
import { parseModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { layersOf } from '../unet/layers';
import { nchwToNhwc } from '../unet/layout';
import { packLayer } from '../unet/parameters';
import { predict } from '../unet/predict';
import {
  copyWeights,
  disposeWeights,
  type StateDict,
  type Weights,
  weightsFromStateDict,
} from '../unet/weights';

/** Reads one of the golden files by its name, "tiny.model.safetensors" say. */
export type GoldenSource = (fileName: string) => Promise<Uint8Array>;

/** The error by relativeError: what must stay below 1e-4. */
export interface Agreement {
  what: string;
  error: number;
}

/** Compares the engine on the current backend with PyTorch's numbers: ε, loss, every gradient, Adam, the chain, activations. */
export async function compareWithGolden(operations: Operations, source: GoldenSource): Promise<Agreement[]> {
  const read = async (name: string) => readSafetensors(await source(`tiny.${name}.safetensors`));
  const [model, inputs, outputs, grads, chain, modules] = (await Promise.all(
    ['model', 'inputs', 'outputs', 'grads', 'chain', 'activations'].map(read),
  )) as [File, File, File, File, File, File];
  const summary = JSON.parse(new TextDecoder().decode(await source('summary.json'))).tiny;
  const config = parseModelConfig(JSON.parse(model.metadata.config as string));
  const agreements: Agreement[] = [];
  const compare = (what: string, actual: ArrayLike<number>, expected: ArrayLike<number>) =>
    agreements.push({ what, error: relativeError(actual, expected) });

  const weights = weightsFromStateDict(config, floats(model));
  const input = {
    x: values(inputs, 'x'),
    t: Int32Array.from(inputs.tensors.get('t')?.data as ArrayLike<number>),
    noise: values(inputs, 'noise'),
  };
  const { eps, loss, gradients } = await predict(config, operations, weights, { ...input, gradients: true });
  compare('eps', eps, values(outputs, 'eps'));
  compare('loss', [loss as number], values(outputs, 'loss'));
  const expected = floats(grads);
  if (expected.size !== gradients?.size)
    throw new Error(`${gradients?.size} gradients, but ${expected.size} expected`);
  for (const [name, { data }] of expected)
    compare(`gradient of ${name}`, gradients.get(name)?.data ?? [], data);

  const state = createTrainingState(config, 0, copyWeights(weights) as never);
  const packed = new Map(
    layersOf(config)
      .filter(({ trained }) => trained)
      .map((layer) => {
        const weight = (gradients.get(`${layer.name}.weight`) as { data: Float32Array }).data;
        const bias = (gradients.get(`${layer.name}.bias`) as { data: Float32Array }).data;
        const shape = (weights.get(layer.name) as tf.Tensor2D).shape;
        return [layer.name, tf.tensor2d(packLayer(layer, { weight, bias }), shape)] as const;
      }),
  );
  applyGradients(state, operations, packed, { learningRate: summary.lr, emaDecay: 0.999 });
  disposeWeights(packed as Weights);
  const after = await predict(config, operations, state.weights, input);
  compare('loss after one Adam step', [after.loss as number], [summary.loss_after_adam]);
  disposeTrainingState(state);

  const diffusion = createDiffusion('linear', Number(chain.metadata.n_steps));
  const length = input.x.length;
  const frames = values(chain, 'chain');
  const z = values(chain, 'z');
  const steps = reverseChain(
    diffusion,
    unetDenoiser(config, diffusion, operations, weights),
    frames.slice(0, length),
    (step) => z.slice(step * length, (step + 1) * length),
  );
  const actual: number[] = [];
  for await (const x of steps) actual.push(...x);
  compare('20-step chain', actual, frames);

  const { imageChannels, imageSize } = config;
  const x = nchwToNhwc(input.x, imageChannels, imageSize ** 2);
  const points = moduleOutputs(config);
  if (new Set([...points, ...modules.tensors.keys()]).size !== modules.tensors.size)
    throw new Error(`The network has the modules ${points}, but others are expected.`);
  for (const [name, { data }] of await activations(config, operations, weights, { x, t: input.t }, points))
    compare(`activation of ${name}`, data, values(modules, name));
  disposeWeights(weights);
  return agreements;
}

type File = ReturnType<typeof readSafetensors>;

function values(file: File, name: string): Float32Array {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new Error(`The golden file has no tensor '${name}'.`);
  return Float32Array.from(tensor.data as ArrayLike<number>);
}

function floats(file: File): StateDict {
  return new Map([...file.tensors].map(([name, { shape }]) => [name, { shape, data: values(file, name) }]));
}

/** Below this a reference tensor holds rounding errors only: its true value is 0. */
const ZERO = 1e-7;
/** What the error is measured against then: the size of the smallest gradients that are not 0. */
const ZERO_SCALE = 1e-3;

/**
 * max |actual − expected| / max |expected|; infinite where the lengths differ or a value is NaN. Where the reference is
 * zero but for rounding (the gradient of a bias before a norm that has one channel a group), the scale is 10⁻³.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let magnitude = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((actual[i] as number) - (expected[i] as number));
    if (Number.isNaN(gap)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, gap);
    magnitude = Math.max(magnitude, Math.abs(expected[i] as number));
  }
  return difference / (magnitude < ZERO ? ZERO_SCALE : magnitude);
}
