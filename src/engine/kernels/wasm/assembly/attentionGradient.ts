import { laneSum, loadPart, multiplyAdd, storePart } from './arithmetic';
import { multiplyTokens, packTokens, packTokensTransposed } from './attention';
import { pointer, real, roundUp, word } from './job';
import { addOuterProducts, addRun } from './outer';
import { TILE_SCRATCH } from './rows';

/** Bytes for one run, filled up to a whole vector. */
const RUN_SCRATCH: i32 = 16;

/**
 * Job: the gradient of attention. With W the softmax weights and S the scaled scores: dV = Wᵀ·dY, dW = dY·Vᵀ,
 * dS = W ∘ (dW − Σ W∘dW), dQ = dS·K/√D, dK = dSᵀ·Q/√D. Units are images. Arguments: 0 dy [N, L, D],
 * 1 qkv [N, L, 3D], 2 weights [N, L, L], 3 dqkv, 4 L, 5 D, 6 D^(−½). Scratch: that of attention, then dS [L, L] and
 * one run.
 */
export function attentionGradient(job: usize, begin: i32, end: i32, scratch: usize): void {
  const length = word(job, 4);
  const depth = word(job, 5);
  const inputs = scratch + TILE_SCRATCH;
  const outputs = inputs + roundUp(length, 4) * 4;
  const scores = outputs + roundUp(length, 4) * 4;
  const run = scores + length * length * 4;
  const panels = run + RUN_SCRATCH;
  for (let image = begin; image < end; image++) {
    const dy = pointer(job, 0) + image * length * depth * 4;
    const q = pointer(job, 1) + image * length * depth * 12;
    const k = q + depth * 4;
    const v = k + depth * 4;
    const weights = pointer(job, 2) + image * length * length * 4;
    const dq = pointer(job, 3) + image * length * depth * 12;
    const dk = dq + depth * 4;
    const dv = dk + depth * 4;
    packTokensTransposed(v, length, depth, 3 * depth, panels);
    multiplyTokens(dy, depth, depth, panels, length, scores, length, length, inputs, outputs, scratch);
    for (let row = 0; row < length; row++) {
      softmaxGradient(scores + row * length * 4, weights + row * length * 4, length, real(job, 6));
    }
    packTokens(k, length, depth, 3 * depth, panels);
    multiplyTokens(scores, length, length, panels, depth, dq, 3 * depth, length, inputs, outputs, scratch);
    transposedProduct(scores, length, q, 3 * depth, length, depth, dk, run);
    transposedProduct(weights, length, dy, depth, length, depth, dv, run);
  }
}

/** row ← scale · weight ∘ (row − Σ weight ∘ row), in place. */
function softmaxGradient(row: usize, weights: usize, length: i32, scale: f32): void {
  let products = f32x4.splat(0);
  for (let i = 0; i < length; i += 4) {
    const part = min(4, length - i);
    products = multiplyAdd(loadPart(row + i * 4, part), loadPart(weights + i * 4, part), products);
  }
  const mean = f32x4.splat(laneSum(products));
  for (let i = 0; i < length; i += 4) {
    const part = min(4, length - i);
    const weight = f32x4.mul(loadPart(weights + i * 4, part), f32x4.splat(scale));
    storePart(row + i * 4, f32x4.mul(weight, f32x4.sub(loadPart(row + i * 4, part), mean)), part);
  }
}

/** target [length, depth], rows 3·depth apart, = aᵀ·b for a [length, length] and b [length, depth]. */
function transposedProduct(
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  length: i32,
  depth: i32,
  target: usize,
  run: usize,
): void {
  for (let row = 0; row < length; row++) memory.fill(target + row * depth * 12, 0, depth * 4);
  const aBytes = aStride * 4;
  const bBytes = bStride * 4;
  const count = addRun(run, 0, a, b, length, aBytes, bBytes);
  addOuterProducts(run, count, aBytes, bBytes, length, depth, target, 3 * depth);
}
