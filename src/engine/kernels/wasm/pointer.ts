import type * as tf from '@tensorflow/tfjs';

/** Where a job finds memory; nothing is address 0. */
export type Pointer = tf.TensorInfo | Within | Scratch | Fixed | Table | undefined;

/** A place in a tensor, so many bytes after its first. */
export interface Within {
  tensor: tf.TensorInfo;
  bytes: number;
}

/** A place in the memory that was reserved for the operation. */
export interface Scratch {
  scratch: number;
}

/** Memory that stays where it is. */
export interface Fixed {
  address: number;
}

/** Rows of words in memory of their own: pointers first, then values. */
export interface Table<P = Pointer> {
  rows: readonly Row<P>[];
}

export interface Row<P> {
  pointers: readonly P[];
  values: readonly number[];
}
