import * as tf from '@tensorflow/tfjs';
import { isPlain } from '../isPlain';

/** Two tensors end to end along an axis, as rows that are copied in turn: `sizes` elements of each. */
export interface Join {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
  rows: number;
  sizes: [number, number];
  shape: number[];
}

/** What a call of tfjs's Concat joins, where that is two float32 tensors with something in them; else undefined. */
export function joinOf({ inputs, attrs }: Parameters<tf.KernelFunc>[0]): Join | undefined {
  // A variadic kernel gets its inputs as an array.
  const tensors = inputs as unknown as tf.TensorInfo[];
  const [a, b] = tensors;
  if (tensors.length !== 2 || !a || !b || !isPlain(a) || !isPlain(b)) return undefined;
  const given = (attrs as { axis?: number } | undefined)?.axis ?? 0;
  const axis = given < 0 ? given + a.shape.length : given;
  const outer = a.shape.slice(0, axis);
  const along = (a.shape[axis] as number) + (b.shape[axis] as number);
  return {
    a,
    b,
    rows: tf.util.sizeFromShape(outer),
    sizes: [tf.util.sizeFromShape(a.shape.slice(axis)), tf.util.sizeFromShape(b.shape.slice(axis))],
    shape: [...outer, along, ...a.shape.slice(axis + 1)],
  };
}
