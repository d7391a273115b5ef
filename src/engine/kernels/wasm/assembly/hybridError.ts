import { pointer, real, word } from './job';

// As in kernels/hybridError/normalCdf.ts.
const SLOPE: f32 = 0.7978845608028654;
const CUBIC: f32 = 0.044715;
const STEEPEST: f32 = 15;
const LEAST_SHARE: f32 = 1e-12;

/** A value of the bound, and its derivative by the log of the variance. */
let bound: f32 = 0;
let slope: f32 = 0;

// @ts-ignore: decorator
@inline
function steepness(x: f32): f32 {
  return Mathf.tanh(min(STEEPEST, max(-STEEPEST, SLOPE * (x + CUBIC * x * x * x))));
}

// @ts-ignore: decorator
@inline
function density(x: f32, steep: f32): f32 {
  return <f32>0.5 * (1 - steep * steep) * SLOPE * (1 + 3 * CUBIC * x * x);
}

/** −ln of the share of x₀'s bin. */
function surprise(x0: f32, difference: f32, halfBin: f32, scale: f32): void {
  const a = (halfBin - difference) * scale;
  const b = (-halfBin - difference) * scale;
  let above: f32 = 1;
  let below: f32 = 0;
  let aboveSlope: f32 = 0;
  let belowSlope: f32 = 0;
  if (!(x0 > 1 - halfBin)) {
    const steep = steepness(a);
    above = <f32>0.5 * (1 + steep);
    aboveSlope = a * density(a, steep);
  }
  if (!(x0 < halfBin - 1)) {
    const steep = steepness(b);
    below = <f32>0.5 * (1 + steep);
    belowSlope = b * density(b, steep);
  }
  const share = above - below;
  bound = -Mathf.log(max(share, LEAST_SHARE));
  slope = share <= LEAST_SHARE ? 0 : (<f32>0.5 * (aboveSlope - belowSlope)) / share;
}

/** D_KL of the posterior and the model. */
function divergence(difference: f32, logVariance: f32, logLow: f32): void {
  const ratio = Mathf.exp(logLow - logVariance);
  const far = difference * difference * Mathf.exp(-logVariance);
  bound = <f32>0.5 * (logVariance - logLow - 1 + ratio + far);
  slope = <f32>0.5 * (1 - ratio - far);
}

/**
 * Job: an image's share of Operations.hybridError, and its gradient. Units are images. Arguments: prediction, target, image,
 * factors [N, 6], gradient, shares [N], elements of an image, its channels, 1 / all elements.
 */
export function hybridError(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const size = word(job, 6);
  const channels = word(job, 7);
  for (let n = begin; n < end; n++) {
    const factors = pointer(job, 3) + <usize>(n * 24);
    const weight = load<f32>(factors) * real(job, 8);
    const boundWeight = load<f32>(factors + 4) * real(job, 8);
    const logLow = load<f32>(factors + 8);
    const range = <f32>0.5 * (load<f32>(factors + 12) - logLow);
    const meanError = load<f32>(factors + 16);
    const halfBin = load<f32>(factors + 20);
    let sum: f64 = 0;
    for (let i = 0; i < size; i++) {
      const element = <usize>((n * size + i) * 4);
      const pair = <usize>((2 * (n * size + i) - (i % channels)) * 4);
      const prediction = pointer(job, 0) + pair;
      const gradient = pointer(job, 4) + pair;
      const error = load<f32>(prediction) - load<f32>(pointer(job, 1) + element);
      const logVariance = logLow + range * (load<f32>(prediction + channels * 4) + 1);
      const difference = meanError * error;
      if (halfBin > 0) {
        const x0 = load<f32>(pointer(job, 2) + element);
        surprise(x0, difference, halfBin, Mathf.exp(<f32>-0.5 * logVariance));
      } else {
        divergence(difference, logVariance, logLow);
      }
      store<f32>(gradient, 2 * weight * error);
      store<f32>(gradient + channels * 4, boundWeight * range * slope);
      sum += <f64>(weight * error * error) + <f64>(boundWeight * bound);
    }
    store<f32>(pointer(job, 5) + n * 4, <f32>sum);
  }
}
