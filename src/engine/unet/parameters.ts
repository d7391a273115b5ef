import { floatsOf, type Halves, readerOf } from '../halves';
import { type Layer, weightRows, weightShape } from './layers';

/** A layer's weight and bias as the reference stores them, row-major. */
export interface ReferenceParameters {
  weight: Float32Array;
  bias: Float32Array;
}

/** The same as a file may have them. */
type StoredParameters = Record<keyof ReferenceParameters, Float32Array | Halves>;

/**
 * The engine's matrix `[rows + 1, outputs]` of a layer: rows in the order (kernel y, kernel x, input), then the bias.
 * It serves NHWC images as the right side of a matrix product, and makes weight and bias one parameter.
 */
export function packLayer(layer: Layer, { weight, bias }: StoredParameters): Float32Array {
  const rows = weightRows(layer);
  const valueAt = readerOf(weight);
  const packed = new Float32Array((rows + 1) * layer.outputs);
  eachWeight(layer, (reference, row, output) => {
    packed[row * layer.outputs + output] = valueAt(reference);
  });
  packed.set(floatsOf(bias), rows * layer.outputs);
  return packed;
}

/** The inverse of packLayer. */
export function unpackLayer(layer: Layer, packed: Float32Array): ReferenceParameters {
  const rows = weightRows(layer);
  const weight = new Float32Array(rows * layer.outputs);
  eachWeight(layer, (reference, row, output) => {
    weight[reference] = packed[row * layer.outputs + output] as number;
  });
  return { weight, bias: packed.slice(rows * layer.outputs) };
}

function eachWeight(layer: Layer, visit: (reference: number, row: number, output: number) => void): void {
  const { kind, inputs, outputs } = layer;
  const area =
    kind === 'norm'
      ? 1
      : weightShape(layer)
          .slice(2)
          .reduce((a, b) => a * b, 1);
  const ins = kind === 'norm' ? 1 : inputs;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < ins; input++) {
      // The transposed convolution's weight is stored input first, all others output first.
      const plane = kind === 'convTranspose' ? input * outputs + output : output * ins + input;
      for (let tap = 0; tap < area; tap++) visit(plane * area + tap, tap * ins + input, output);
    }
  }
}
