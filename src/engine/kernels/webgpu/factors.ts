/**
 * What the four numbers of a vector of a matrix are: neighbours along the inner dimension, or rows of the left matrix
 * (columns of the right one) that are neighbours.
 */
export type Along = 'inner' | 'outer';

/** How a product reads one of its matrices: WGSL whose variables begin with a given name. */
export interface Side {
  along: Along;
  /** Declares what is known of a row of the left matrix (column of the right one), of the first of four along them. */
  outer(name: string, index: string): string;
  /** Declares a place in the inner dimension, counted from 0. */
  inner(name: string, start: string): string;
  /** Moves such a place on. */
  advance(name: string, by: number): string;
  /**
   * WGSL of the vector at an outer place and `offset` (0 … 3) after an inner one. Outside of the matrix the left one is
   * zero along the inner dimension; what else is outside may be anything, for it is multiplied by zero or thrown away.
   * No branches: they would cost more than the loads that they save.
   */
  load(outer: string, inner: string, offset: number): string;
}

export interface Factors {
  left: Side;
  right: Side;
  /** WGSL of the length of the inner dimension, padded to whole vectors where those lie along it. */
  inner: string;
}

/** Places that are plain numbers. */
export const counted = {
  outer: (name: string, index: string) => `let ${name} = ${index};`,
  inner: (name: string, start: string) => `var ${name} = ${start};`,
  advance: (name: string, by: number) => `${name} += ${by};`,
};

/** WGSL of a vector where a condition holds, else of zeros. */
export function zeroUnless(condition: string, vector: string): string {
  return `select(vec4<f32>(0), ${vector}, ${condition})`;
}
