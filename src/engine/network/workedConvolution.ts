import type { ModelConfig } from '../unet/config';
import { type Layer, layersOf } from '../unet/layers';
import { modulesOf } from '../unet/modules';
import type { Activation } from './activations';

/** One value that a convolution gives: a pixel of its output, and an output channel. */
export interface ConvolutionOutput {
  image: number;
  row: number;
  column: number;
  channel: number;
}

/** weight · input, of one pixel and channel of the input. */
export interface Product {
  /** Row and column of the kernel, from 0. */
  kernelRow: number;
  kernelColumn: number;
  channel: number;
  /** The input there; 0 where the kernel reaches over the edge. */
  input: number;
  weight: number;
  product: number;
}

export interface WorkedConvolution {
  /**
   * All products, the largest magnitude first: 9·C, of a shortcut C, and of an upsampling 4·C, as a pixel of its output
   * meets a quarter of the kernel.
   */
  products: Product[];
  bias: number;
  /** Bias and products added up. */
  sum: number;
}

/** Side of the kernel of each kind of convolution. */
const kernelSizes: Partial<Record<Layer['kind'], number>> = { conv1: 1, conv3: 3, convTranspose: 4 };

/** A convolution of the network by its name. Throws for a layer that is none. */
export function convolutionOf(config: ModelConfig, name: string): Layer & { size: number } {
  const layer = layersOf(config).find((each) => each.name === name);
  const size = layer && kernelSizes[layer.kind];
  if (!size) throw new Error(`The network has no convolution '${name}'.`);
  return { ...layer, size };
}

/**
 * Works out one output of a convolution product by product, from its matrix as the engine holds it and from its input
 * `[N,C,H,W]`. What the fused operation adds (time shift, residual) is not in it.
 */
export function workConvolution(
  config: ModelConfig,
  name: string,
  matrix: Float32Array,
  { shape, data }: Activation,
  { image, row, column, channel }: ConvolutionOutput,
): WorkedConvolution {
  const { kind, inputs, outputs, size } = convolutionOf(config, name);
  const [images, , height, width] = shape as [number, number, number, number];
  const transposed = kind === 'convTranspose';
  const stride = strideOf(config, name, transposed);
  const inside = (value: number, end: number) => Number.isInteger(value) && value >= 0 && value < end;
  const isThere =
    inside(image, images) &&
    inside(row, height / stride) &&
    inside(column, width / stride) &&
    inside(channel, outputs);
  if (!isThere)
    throw new Error(`The convolution '${name}' has no output at (${row}, ${column}), channel ${channel}.`);

  const margin = (size - 1) / 2;
  /** Where the input is that a row or column of the kernel meets; a fraction where there is none. */
  const met = (at: number, tap: number) =>
    // A transposed convolution puts input i at 2i − 1 + tap.
    transposed ? (at + 1 - tap) / 2 : stride * at + tap - margin;
  const products: Product[] = [];
  for (let kernelRow = 0; kernelRow < size; kernelRow++) {
    for (let kernelColumn = 0; kernelColumn < size; kernelColumn++) {
      const [y, x] = [met(row, kernelRow), met(column, kernelColumn)];
      if (!Number.isInteger(y) || !Number.isInteger(x)) continue;
      const reached = inside(y, height) && inside(x, width);
      for (let c = 0; c < inputs; c++) {
        const input = reached ? (data[((image * inputs + c) * height + y) * width + x] as number) : 0;
        const weight = matrix[((kernelRow * size + kernelColumn) * inputs + c) * outputs + channel] as number;
        products.push({ kernelRow, kernelColumn, channel: c, input, weight, product: weight * input });
      }
    }
  }
  const bias = matrix[size * size * inputs * outputs + channel] as number;
  const sum = products.reduce((total, { product }) => total + product, bias);
  products.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { products, bias, sum };
}

/** The kernels `[inputs, size, size]` that give one output channel. */
export function kernelsOf(
  config: ModelConfig,
  name: string,
  matrix: Float32Array,
  channel: number,
): Float32Array {
  const { inputs, outputs, size } = convolutionOf(config, name);
  const area = size * size;
  return Float32Array.from({ length: inputs * area }, (_, i) => {
    const [input, tap] = [Math.floor(i / area), i % area];
    return matrix[(tap * inputs + input) * outputs + channel] as number;
  });
}

/** A half where the output is larger than the input. */
function strideOf(config: ModelConfig, name: string, transposed: boolean): number {
  if (transposed) return 1 / 2;
  return modulesOf(config).find((module) => `${module.name}.conv` === name)?.kind === 'downsample' ? 2 : 1;
}
