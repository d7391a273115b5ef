import { type ChannelLanes, lanesKey, sumOverPixels } from '../webgpu/channelLanes';
import { siluOf } from '../webgpu/elementwise';
import { bindings, type Program, programOf, type Uniforms } from '../webgpu/program';
import { GROUP_NORM_EPSILON } from './reference';

/** y and statistics of x: two passes for the moments (the mean first, for the sake of the variance), one to write. */
export function groupNormProgram(lanes: ChannelLanes, silu: boolean, dropout: boolean): Program {
  return programOf(`groupNorm ${keyOf(lanes, silu, dropout)}`, () => ({
    buffers: [...bindings('read', ['x', 'affine']), ...bindings('read_write', ['y', 'statistics'])],
    uniforms: uniforms(dropout),
    source: () => `
${common(lanes, dropout)}
@compute @workgroup_size(${lanes.channels * lanes.pixels})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = placeOf(workgroup, thread);
  let count = f32(u.pixels * u.perGroup);
  var sum = 0.0;
  ${forEachElement(lanes, 'sum += x[i];')}
  let mean = sumOverGroup(vec2(sum, 0), place).x / count;
  var squares = 0.0;
  ${forEachElement(lanes, 'let centred = x[i] - mean; squares += centred * centred;')}
  let variance = sumOverGroup(vec2(squares, 0), place).x / count;
  let inverse = inverseSqrt(variance + ${GROUP_NORM_EPSILON});
  if (place.pixel == 0 && place.channel % u.perGroup == 0) {
    let group = workgroup.y * u32(u.channels / u.perGroup) + u32((place.first + place.channel) / u.perGroup);
    statistics[2 * group] = mean;
    statistics[2 * group + 1] = inverse;
  }
  ${forEachElement(
    lanes,
    `let z = (x[i] - mean) * inverse * affine[c] + affine[u.channels + c];
     y[i] = ${silu ? 'silu(z)' : 'z'}${dropout ? ' * dropoutFactor(i)' : ''};`,
  )}
}`,
  }));
}

/**
 * dx, and each image's share `[2,C]` of dAffine. With x̂ = (x − mean)/σ, z = γx̂ + β, dz from dy through dropout
 * and SiLU, and m elements in the group: dγ = Σ dz·x̂, dβ = Σ dz, dx = (γdz − (Σ γdz + x̂·Σ γdz·x̂)/m)/σ.
 */
export const groupNormGradientProgram = (lanes: ChannelLanes, silu: boolean, dropout: boolean) =>
  gradientProgram(lanes, silu, dropout, false);

/** The same, with an addend to dx. */
export const groupNormGradientSumProgram = (lanes: ChannelLanes, silu: boolean, dropout: boolean) =>
  gradientProgram(lanes, silu, dropout, true);

function gradientProgram(lanes: ChannelLanes, silu: boolean, dropout: boolean, addend: boolean): Program {
  const gradient = `
    let normal = (x[i] - mean) * inverse;
    let z = normal * affine[c] + affine[u.channels + c];
    let dz = dy[i]${silu ? ' * siluDerivative(z)' : ''}${dropout ? ' * dropoutFactor(i)' : ''};`;
  return programOf(`groupNorm gradient ${keyOf(lanes, silu, dropout)}${addend ? ' sum' : ''}`, () => ({
    buffers: [
      ...bindings('read', ['dy', 'x', 'affine', 'statistics', ...(addend ? ['addend'] : [])]),
      ...bindings('read_write', ['dx', 'dAffine']),
    ],
    uniforms: uniforms(dropout),
    source: () => `
${common(lanes, dropout)}
@compute @workgroup_size(${lanes.channels * lanes.pixels})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = placeOf(workgroup, thread);
  let group = workgroup.y * u32(u.channels / u.perGroup) + u32((place.first + place.channel) / u.perGroup);
  let mean = statistics[2 * group];
  let inverse = statistics[2 * group + 1];
  var inGroup = vec2<f32>(0);
  for (var turn = 0; turn < u.block; turn += ${lanes.channels}) {
    let c = place.first + turn + place.channel;
    let inBlock = turn + place.channel < u.block;
    var share = vec2<f32>(0);
    if (inBlock) {
      for (var p = place.pixel; p < u.pixels; p += ${lanes.pixels}) {
        let i = place.start + p * u.channels + c;
        ${gradient}
        share += vec2(dz, dz * normal);
      }
    }
    let total = sumOverPixels(share, thread);
    if (inBlock && place.pixel == 0) {
      let at = i32(workgroup.y) * 2 * u.channels + c;
      dAffine[at] = total.y;
      dAffine[at + u.channels] = total.x;
      inGroup += affine[c] * total;
    }
  }
  let sums = sumOverGroup(inGroup, place) / f32(u.pixels * u.perGroup);
  ${forEachElement(
    lanes,
    `${gradient}
     dx[i] = inverse * (affine[c] * dz - (sums.x + normal * sums.y))${addend ? ' + addend[i]' : ''};`,
  )}
}`,
  }));
}

function keyOf(lanes: ChannelLanes, silu: boolean, dropout: boolean): string {
  return `${lanesKey(lanes)}${silu ? ' silu' : ''}${dropout ? ' dropout' : ''}`;
}

const uniforms = (dropout: boolean): Uniforms => ({
  whole: ['pixels', 'channels', 'perGroup', 'block', ...(dropout ? ['threshold', 'base'] : [])],
  real: dropout ? ['keptScale'] : [],
  changing: dropout,
});

const forEachElement = (lanes: ChannelLanes, body: string) => `
  for (var turn = place.channel; turn < u.block; turn += ${lanes.channels}) {
    let c = place.first + turn;
    for (var p = place.pixel; p < u.pixels; p += ${lanes.pixels}) {
      let i = place.start + p * u.channels + c;
      ${body}
    }
  }`;

/** A block has several groups only where every channel has a lane; else all lanes belong to one group. */
const common = (lanes: ChannelLanes, dropout: boolean) => `
${siluOf('f32')}
${sumOverPixels(lanes)}
struct Place { thread: u32, channel: i32, pixel: i32, first: i32, start: i32 }
fn placeOf(workgroup: vec3u, thread: u32) -> Place {
  return Place(
    thread,
    i32(thread % ${lanes.channels}u),
    i32(thread / ${lanes.channels}u),
    i32(workgroup.x) * u.block,
    i32(workgroup.y) * u.pixels * u.channels
  );
}
fn sumOverGroup(value: vec2<f32>, place: Place) -> vec2<f32> {
  sumOverPixels(value, place.thread);
  let first = place.channel / u.perGroup * u.perGroup;
  var sum = vec2<f32>(0);
  for (var lane = first; lane < min(first + u.perGroup, ${lanes.channels}); lane++) { sum += lanes[lane]; }
  return sum;
}
${
  dropout
    ? `
fn hash32(value: u32) -> u32 {
  var h = value;
  h = (h ^ (h >> 16)) * 0x21f0aaadu;
  h = (h ^ (h >> 15)) * 0x735a2d97u;
  return h ^ (h >> 15);
}
fn dropoutFactor(i: i32) -> f32 {
  return select(0.0, u.keptScale, hash32(u32(i) + bitcast<u32>(u.base)) >= bitcast<u32>(u.threshold));
}`
    : ''
}`;
