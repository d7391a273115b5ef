import type * as tf from '@tensorflow/tfjs';
import { attentionFlop } from './arithmetic';

/** What a kernel is for, as the profile groups them. Linear maps are convolutions of one place. */
export const kernelKinds = [
  'convolution',
  'convolution input gradient',
  'convolution weight gradient',
  'matrix product',
  'group norm',
  'group norm gradient',
  'attention',
  'attention gradient',
  'Adam and EMA',
  'other',
] as const;
export type KernelKind = (typeof kernelKinds)[number];

type Shape = Pick<tf.TensorInfo, 'shape'>;

/** A run of a kernel, as far as its arithmetic goes: tensors by the names that the kernel has for them. */
export interface KernelShapes {
  inputs: Readonly<Record<string, Shape>>;
  attributes: Readonly<Record<string, unknown>>;
  outputs: readonly Shape[];
}

interface KernelEntry {
  kind: KernelKind;
  flop?: (shapes: KernelShapes) => number;
}

const kernels: Record<string, KernelEntry> = {
  DdpmConv2d: {
    kind: 'convolution',
    flop: ({ inputs, outputs: [y] }) =>
      layerFlop(y, inputs.kernel) + (inputs.shortcutKernel ? layerFlop(y, inputs.shortcutKernel) : 0),
  },
  DdpmLinears: {
    kind: 'convolution',
    flop: ({ inputs, outputs }) =>
      outputs.reduce((sum, y) => sum + 2 * sizeOf(y) * dimension(inputs['0'], 1), 0),
  },
  DdpmConv2dInputGradient: {
    kind: 'convolution input gradient',
    flop: ({ inputs }) => layerFlop(inputs.dy, inputs.kernel),
  },
  DdpmConv2dKernelGradient: {
    kind: 'convolution weight gradient',
    flop: ({ inputs, outputs: [dKernel] }) => layerFlop(inputs.dy, dKernel),
  },
  DdpmConvTranspose2d: {
    kind: 'convolution',
    flop: ({ inputs }) => layerFlop(inputs.x, inputs.kernel),
  },
  DdpmConvTranspose2dInputGradient: {
    kind: 'convolution input gradient',
    flop: ({ inputs, outputs: [dx] }) => layerFlop(dx, inputs.kernel),
  },
  DdpmConvTranspose2dKernelGradient: {
    kind: 'convolution weight gradient',
    flop: ({ inputs, outputs: [dKernel] }) => layerFlop(inputs.x, dKernel),
  },
  DdpmGroupNorm: { kind: 'group norm' },
  DdpmGroupNormGradient: { kind: 'group norm gradient' },
  DdpmAttention: { kind: 'attention', flop: ({ outputs: [y] }) => attentionFlop(...threeSizes(y)) },
  DdpmAttentionGradient: {
    kind: 'attention gradient',
    flop: ({ inputs }) => 2 * attentionFlop(...threeSizes(inputs.dy)),
  },
  adamEma: { kind: 'Adam and EMA' },
  // The stock kernels, which the reference operations run.
  Conv2D: { kind: 'convolution', flop: ({ inputs, outputs: [y] }) => filterFlop(y, inputs.filter) },
  Conv2DBackpropInput: {
    kind: 'convolution input gradient',
    flop: ({ inputs }) => filterFlop(inputs.dy, inputs.filter),
  },
  Conv2DBackpropFilter: {
    kind: 'convolution weight gradient',
    flop: ({ inputs, outputs: [dFilter] }) => filterFlop(inputs.dy, dFilter),
  },
  BatchMatMul: {
    kind: 'matrix product',
    flop: ({ inputs, attributes, outputs: [y] }) =>
      2 * sizeOf(y) * dimension(inputs.a, attributes.transposeA ? -2 : -1),
  },
};

/** What a kernel is for; one that is not known is 'other'. */
export function kernelKind(name: string): KernelKind {
  return kernels[name]?.kind ?? 'other';
}

/** Floating-point operations in a kernel's matrix products, from its shapes (see StepArithmetic); 0 where it has none. */
export function kernelFlop(name: string, shapes: KernelShapes): number {
  return kernels[name]?.flop?.(shapes) ?? 0;
}

/** A matrix `[K + 1, O]` of ours at each place of an image; the bias in its last row is no product. */
function layerFlop(places: Shape | undefined, matrix: Shape | undefined): number {
  return 2 * placesOf(places) * (dimension(matrix, 0) - 1) * dimension(matrix, 1);
}

/** A filter `[height, width, I, O]` of tfjs at each place. */
function filterFlop(places: Shape | undefined, filter: Shape | undefined): number {
  return 2 * placesOf(places) * sizeOf(filter);
}

function placesOf(tensor: Shape | undefined): number {
  return sizeOf(tensor) / dimension(tensor, -1);
}

function threeSizes(tensor: Shape | undefined): [number, number, number] {
  return [dimension(tensor, 0), dimension(tensor, 1), dimension(tensor, 2)];
}

function sizeOf(tensor: Shape | undefined): number {
  return (tensor?.shape ?? []).reduce((a, b) => a * b, 1);
}

function dimension(tensor: Shape | undefined, axis: number): number {
  const size = tensor?.shape.at(axis);
  if (size === undefined) throw new Error(`A kernel has no dimension ${axis} where one was expected.`);
  return size;
}
