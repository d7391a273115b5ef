import { loadPart, multiplyAdd, sigmoid, storePart } from './arithmetic';
import { dropoutFactors } from './dropout';
import { pointer, real, roundUp, word } from './job';
import { sumColumns } from './pixelSum';

const EPSILON: f64 = 1e-5;
const BLOCK: i32 = 128;

/**
 * Job: group normalisation, then SiLU and dropout if asked. Units are images. Arguments: 0 x, 1 affine [2, C], 2 y,
 * 3 statistics [N·groups, 2], 4 pixels, 5 C, 6 groups, 7 silu, 8 dropout, 9 its threshold, 10 hashed seed,
 * 11 scale of what is kept. Scratch: two rows of C floats, filled up to whole vectors.
 */
export function groupNorm(job: usize, begin: i32, end: i32, scratch: usize): void {
  const pixels = word(job, 4);
  const channels = word(job, 5);
  const padded = roundUp(channels, 4) * 4;
  const means = scratch;
  const scales = scratch + padded;
  for (let image = begin; image < end; image++) {
    const x = pointer(job, 0) + image * pixels * channels * 4;
    const groups = word(job, 6);
    const statistics = pointer(job, 3) + image * groups * 8;
    measure(x, pixels, channels, groups, statistics, means, scales);
    for (let c = 0; c < channels; c++) {
      store<f32>(scales + c * 4, load<f32>(scales + c * 4) * load<f32>(pointer(job, 1) + c * 4));
    }
    normalise(job, image, x, means, scales);
  }
}

/** Mean and 1/√(variance + ε) of each group, to `statistics` and to a row a channel each. */
function measure(
  x: usize,
  pixels: i32,
  channels: i32,
  groups: i32,
  statistics: usize,
  means: usize,
  inverses: usize,
): void {
  const width = channels / groups;
  const count = <f64>(pixels * width);
  sumColumns(x, pixels, channels, means);
  for (let group = 0; group < groups; group++) {
    let sum: f64 = 0;
    for (let c = group * width; c < (group + 1) * width; c++) sum += <f64>load<f32>(means + c * 4);
    store<f32>(statistics + group * 8, <f32>(sum / count));
  }
  spread(statistics, groups, width, means);
  memory.fill(inverses, 0, channels * 4);
  for (let first = 0; first < pixels; first += BLOCK) {
    addColumnSquares(x + first * channels * 4, min(BLOCK, pixels - first), channels, means, inverses);
  }
  for (let group = 0; group < groups; group++) {
    let sum: f64 = 0;
    for (let c = group * width; c < (group + 1) * width; c++) sum += <f64>load<f32>(inverses + c * 4);
    store<f32>(statistics + group * 8, <f32>(1 / sqrt(sum / count + EPSILON)), 4);
  }
  spread(statistics + 4, groups, width, inverses);
}

/** One of a group's two numbers, to each of its channels. */
export function spread(statistics: usize, groups: i32, width: i32, target: usize): void {
  for (let group = 0; group < groups; group++) {
    const value = load<f32>(statistics + group * 8);
    for (let c = 0; c < width; c++) {
      store<f32>(target, value);
      target += 4;
    }
  }
}

/** sums[c] += Σ over rows of (x − mean[c])². */
function addColumnSquares(x: usize, rows: i32, columns: i32, means: usize, sums: usize): void {
  const bytes = <usize>(columns * 4);
  let column = 0;
  for (; column + 8 <= columns; column += 8) {
    const meanA = v128.load(means + column * 4);
    const meanB = v128.load(means + column * 4, 16);
    let a = f32x4.splat(0), b = a;
    let row = x + column * 4;
    for (let r = 0; r < rows; r++) {
      const centredA = f32x4.sub(v128.load(row), meanA);
      const centredB = f32x4.sub(v128.load(row, 16), meanB);
      a = multiplyAdd(centredA, centredA, a);
      b = multiplyAdd(centredB, centredB, b);
      row += bytes;
    }
    const target = sums + column * 4;
    v128.store(target, f32x4.add(v128.load(target), a));
    v128.store(target, f32x4.add(v128.load(target, 16), b), 16);
  }
  for (; column < columns; column += 4) {
    const part = min(4, columns - column);
    const mean = loadPart(means + column * 4, part);
    let a = f32x4.splat(0);
    let row = x + column * 4;
    for (let r = 0; r < rows; r++) {
      const centred = f32x4.sub(loadPart(row, part), mean);
      a = multiplyAdd(centred, centred, a);
      row += bytes;
    }
    const target = sums + column * 4;
    storePart(target, f32x4.add(loadPart(target, part), a), part);
  }
}

/** y = (x − mean)·scale + β, SiLU, dropout. */
function normalise(job: usize, image: i32, x: usize, means: usize, scales: usize): void {
  const pixels = word(job, 4);
  const channels = word(job, 5);
  const silu = word(job, 7);
  const dropout = word(job, 8);
  const threshold = <u32>word(job, 9);
  const seed = <u32>word(job, 10);
  const kept = real(job, 11);
  const betas = pointer(job, 1) + channels * 4;
  let index = <u32>(image * pixels * channels);
  let y = pointer(job, 2) + index * 4;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    // Two vectors a turn share the constants of exponential, which V8 otherwise makes anew for each.
    for (; c + 8 <= channels; c += 8) {
      const at = <usize>(c * 4);
      let z0 = f32x4.sub(v128.load(x + at), v128.load(means + at));
      let z1 = f32x4.sub(v128.load(x + at, 16), v128.load(means + at, 16));
      z0 = multiplyAdd(z0, v128.load(scales + at), v128.load(betas + at));
      z1 = multiplyAdd(z1, v128.load(scales + at, 16), v128.load(betas + at, 16));
      if (silu) {
        z0 = f32x4.mul(z0, sigmoid(z0));
        z1 = f32x4.mul(z1, sigmoid(z1));
      }
      if (dropout) {
        z0 = f32x4.mul(z0, dropoutFactors(index + c, seed, threshold, kept));
        z1 = f32x4.mul(z1, dropoutFactors(index + c + 4, seed, threshold, kept));
      }
      v128.store(y + at, z0);
      v128.store(y + at, z1, 16);
    }
    for (; c < channels; c += 4) {
      const part = min(4, channels - c);
      const at = <usize>(c * 4);
      let z = f32x4.sub(loadPart(x + at, part), v128.load(means + at));
      z = multiplyAdd(z, v128.load(scales + at), loadPart(betas + at, part));
      if (silu) z = f32x4.mul(z, sigmoid(z));
      if (dropout) z = f32x4.mul(z, dropoutFactors(index + c, seed, threshold, kept));
      storePart(y + at, z, part);
    }
    index += channels;
    x += channels * 4;
    y += channels * 4;
  }
}
