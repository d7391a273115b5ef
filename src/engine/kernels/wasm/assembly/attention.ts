import { exponential, laneSum, loadPart, storePart } from './arithmetic';
import { pointer, real, roundUp, word } from './job';
import { packStraight, packTransposed } from './panels';
import { multiplyRows, TILE_SCRATCH } from './rows';
import { NO_RESIDUAL, TILE_COLUMNS } from './tile';

/** Scores this far below the largest of their row weigh nothing: e⁻⁴⁴ < 2⁻⁶³, far below what float32 adds to 1. */
const LEAST_SCORE: f32 = -44;

/**
 * Job: one-head attention. Units are images. Arguments: 0 qkv [N, L, 3D], 1 y [N, L, D], 2 weights [N, L, L], 3 L,
 * 4 D, 5 D^(−½). Scratch: TILE_SCRATCH, two rows of pointers to L tokens (filled up to four), and a packed matrix of
 * L tokens × D (columns filled up to eight in either direction).
 */
export function attention(job: usize, begin: i32, end: i32, scratch: usize): void {
  const length = word(job, 3);
  const depth = word(job, 4);
  const inputs = scratch + TILE_SCRATCH;
  const outputs = inputs + roundUp(length, 4) * 4;
  const panels = outputs + roundUp(length, 4) * 4;
  for (let image = begin; image < end; image++) {
    const q = pointer(job, 0) + image * length * depth * 12;
    const k = q + depth * 4;
    const v = k + depth * 4;
    const y = pointer(job, 1) + image * length * depth * 4;
    const weights = pointer(job, 2) + image * length * length * 4;
    packTokensTransposed(k, length, depth, 3 * depth, panels);
    multiplyTokens(q, 3 * depth, depth, panels, length, weights, length, length, inputs, outputs, scratch);
    for (let row = 0; row < length; row++) softmax(weights + row * length * 4, length, real(job, 5));
    packTokens(v, length, depth, 3 * depth, panels);
    multiplyTokens(weights, length, length, panels, depth, y, depth, length, inputs, outputs, scratch);
  }
}

/** Tokens as the rows of a packed matrix [length, depth]. */
export function packTokens(source: usize, length: i32, depth: i32, stride: i32, panels: usize): void {
  for (let column = 0; column < depth; column += TILE_COLUMNS) {
    packStraight(source + column * 4, length, stride, min(TILE_COLUMNS, depth - column), panels);
    panels += length * TILE_COLUMNS * 4;
  }
}

/** Tokens as the columns of a packed matrix [depth, length]. */
export function packTokensTransposed(source: usize, length: i32, depth: i32, stride: i32, panels: usize): void {
  for (let token = 0; token < length; token += TILE_COLUMNS) {
    packTransposed(source + token * stride * 4, depth, stride, min(TILE_COLUMNS, length - token), panels);
    panels += depth * TILE_COLUMNS * 4;
  }
}

/**
 * target [length, columns] = rows [length, depth] × packed matrix [depth, columns]; rows and targets are `stride` and
 * `targetStride` floats apart. `inputs` and `outputs` are room for the pointers.
 */
export function multiplyTokens(
  rows: usize,
  stride: i32,
  depth: i32,
  panels: usize,
  columns: i32,
  target: usize,
  targetStride: i32,
  length: i32,
  inputs: usize,
  outputs: usize,
  scratch: usize,
): void {
  const filled = roundUp(length, 4);
  for (let row = 0; row < filled; row++) {
    const token = min(row, length - 1);
    store<usize>(inputs + row * 4, rows + token * stride * 4);
    store<usize>(outputs + row * 4, target + token * targetStride * 4);
  }
  multiplyRows(inputs, 1, depth, panels, columns, outputs, length, 0, NO_RESIDUAL, scratch);
}

/**
 * row ← softmax(scale · row), in place. Negligible weights are 0: as numbers below 2⁻¹²⁶ (or their products that are) they
 * make each multiplication that meets them many times slower, and a trained attention has them everywhere.
 */
function softmax(row: usize, length: i32, scale: f32): void {
  let largest = load<f32>(row);
  for (let i = 1; i < length; i++) largest = max(largest, load<f32>(row + i * 4));
  const top = f32x4.splat(largest);
  let total = f32x4.splat(0);
  for (let i = 0; i < length; i += 4) {
    const part = min(4, length - i);
    const score = f32x4.mul(f32x4.sub(loadPart(row + i * 4, part), top), f32x4.splat(scale));
    const negligible = f32x4.lt(score, f32x4.splat(LEAST_SCORE));
    storePart(row + i * 4, v128.andnot(exponential(score), negligible), part);
    total = f32x4.add(total, loadPart(row + i * 4, part));
  }
  const inverse = f32x4.splat(1 / laneSum(total));
  for (let i = 0; i < length; i += 4) {
    const part = min(4, length - i);
    storePart(row + i * 4, f32x4.mul(loadPart(row + i * 4, part), inverse), part);
  }
}
