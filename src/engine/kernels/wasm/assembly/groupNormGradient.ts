import { loadPart, multiplyAdd, multiplySubtract, sigmoid, siluSlope, storePart } from './arithmetic';
import { dropoutFactors } from './dropout';
import { spread } from './groupNorm';
import { pointer, real, roundUp, word } from './job';

/**
 * Job: the gradient of groupNorm. With dz the gradient before γ and β, x̂ the normalised input and m the elements of
 * a group: dx = (γ·dz − Σγ·dz/m − x̂·Σγ·dz·x̂/m)/σ; an image's Σdz·x̂ and Σdz go to the rows of `partial`
 * [N, 2, C]. Units are images. Arguments: 0 dy, 1 x, 2 affine, 3 statistics, 4 dx, 5 partial, 6 pixels, 7 C, 8 groups,
 * 9 silu, 10 dropout, 11 threshold, 12 hashed seed, 13 scale. Scratch: six rows of C floats, filled up.
 */
export function groupNormGradient(job: usize, begin: i32, end: i32, scratch: usize): void {
  const pixels = word(job, 6);
  const channels = word(job, 7);
  const groups = word(job, 8);
  const width = channels / groups;
  const padded = <usize>(roundUp(channels, 4) * 4);
  const means = scratch;
  const inverses = means + padded;
  const products = inverses + padded;
  const sums = products + padded;
  const slopes = sums + padded;
  const constants = slopes + padded;
  for (let image = begin; image < end; image++) {
    const statistics = pointer(job, 3) + image * groups * 8;
    spread(statistics, groups, width, means);
    spread(statistics + 4, groups, width, inverses);
    memory.fill(products, 0, 2 * padded);
    beforeAffine(job, image, means, inverses, products, sums);
    const partial = pointer(job, 5) + image * channels * 8;
    memory.copy(partial, products, channels * 4);
    memory.copy(partial + channels * 4, sums, channels * 4);
    const gammas = pointer(job, 2);
    for (let group = 0; group < groups; group++) {
      let sum: f64 = 0;
      let product: f64 = 0;
      for (let c = group * width; c < (group + 1) * width; c++) {
        const gamma = <f64>load<f32>(gammas + c * 4);
        sum += gamma * <f64>load<f32>(sums + c * 4);
        product += gamma * <f64>load<f32>(products + c * 4);
      }
      const share = <f64>load<f32>(statistics + group * 8, 4) / <f64>(pixels * width);
      for (let c = group * width; c < (group + 1) * width; c++) {
        store<f32>(constants + c * 4, <f32>(sum * share));
        store<f32>(slopes + c * 4, <f32>(product * share));
      }
    }
    inputGradient(job, image, means, inverses, slopes, constants);
  }
}

/** dz to where dx will stand, and its sums over the pixels, with and without x̂. */
function beforeAffine(
  job: usize,
  image: i32,
  means: usize,
  inverses: usize,
  products: usize,
  sums: usize,
): void {
  const pixels = word(job, 6);
  const channels = word(job, 7);
  const silu = word(job, 9);
  const dropout = word(job, 10);
  const threshold = <u32>word(job, 11);
  const seed = <u32>word(job, 12);
  const kept = real(job, 13);
  const gammas = pointer(job, 2);
  const betas = gammas + channels * 4;
  let index = <u32>(image * pixels * channels);
  let dy = pointer(job, 0) + index * 4;
  let x = pointer(job, 1) + index * 4;
  let dx = pointer(job, 4) + index * 4;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    // Two vectors a turn, as in normalise.
    for (; c + 8 <= channels; c += 8) {
      const at = <usize>(c * 4);
      const centred0 = f32x4.sub(v128.load(x + at), v128.load(means + at));
      const centred1 = f32x4.sub(v128.load(x + at, 16), v128.load(means + at, 16));
      const normal0 = f32x4.mul(centred0, v128.load(inverses + at));
      const normal1 = f32x4.mul(centred1, v128.load(inverses + at, 16));
      let dz0 = v128.load(dy + at);
      let dz1 = v128.load(dy + at, 16);
      if (dropout) {
        dz0 = f32x4.mul(dz0, dropoutFactors(index + c, seed, threshold, kept));
        dz1 = f32x4.mul(dz1, dropoutFactors(index + c + 4, seed, threshold, kept));
      }
      if (silu) {
        const z0 = multiplyAdd(normal0, v128.load(gammas + at), v128.load(betas + at));
        const z1 = multiplyAdd(normal1, v128.load(gammas + at, 16), v128.load(betas + at, 16));
        dz0 = f32x4.mul(dz0, siluSlope(z0, sigmoid(z0)));
        dz1 = f32x4.mul(dz1, siluSlope(z1, sigmoid(z1)));
      }
      v128.store(dx + at, dz0);
      v128.store(dx + at, dz1, 16);
      v128.store(products + at, multiplyAdd(dz0, normal0, v128.load(products + at)));
      v128.store(products + at, multiplyAdd(dz1, normal1, v128.load(products + at, 16)), 16);
      v128.store(sums + at, f32x4.add(dz0, v128.load(sums + at)));
      v128.store(sums + at, f32x4.add(dz1, v128.load(sums + at, 16)), 16);
    }
    for (; c < channels; c += 4) {
      const part = min(4, channels - c);
      const at = <usize>(c * 4);
      const centred = f32x4.sub(loadPart(x + at, part), v128.load(means + at));
      const normal = f32x4.mul(centred, v128.load(inverses + at));
      let dz = loadPart(dy + at, part);
      if (dropout) dz = f32x4.mul(dz, dropoutFactors(index + c, seed, threshold, kept));
      if (silu) {
        const z = multiplyAdd(normal, loadPart(gammas + at, part), loadPart(betas + at, part));
        dz = f32x4.mul(dz, siluSlope(z, sigmoid(z)));
      }
      storePart(dx + at, dz, part);
      v128.store(products + at, multiplyAdd(dz, normal, v128.load(products + at)));
      v128.store(sums + at, f32x4.add(dz, v128.load(sums + at)));
    }
    index += channels;
    dy += channels * 4;
    x += channels * 4;
    dx += channels * 4;
  }
}

/** dx = γ/σ·dz − constant − slope·x̂, in place of dz. */
function inputGradient(
  job: usize,
  image: i32,
  means: usize,
  inverses: usize,
  slopes: usize,
  constants: usize,
): void {
  const pixels = word(job, 6);
  const channels = word(job, 7);
  const gammas = pointer(job, 2);
  const offset = <usize>(image * pixels * channels * 4);
  let x = pointer(job, 1) + offset;
  let dx = pointer(job, 4) + offset;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < channels; c += 4) {
      const part = min(4, channels - c);
      const at = <usize>(c * 4);
      const inverse = v128.load(inverses + at);
      const centred = f32x4.sub(loadPart(x + at, part), v128.load(means + at));
      let d = f32x4.mul(loadPart(dx + at, part), f32x4.mul(loadPart(gammas + at, part), inverse));
      d = f32x4.sub(d, v128.load(constants + at));
      d = multiplySubtract(f32x4.mul(centred, inverse), v128.load(slopes + at), d);
      storePart(dx + at, d, part);
    }
    x += channels * 4;
    dx += channels * 4;
  }
}
