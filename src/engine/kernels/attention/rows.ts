import { type Tile, threadsOf } from '../webgpu/tile';

/** Threads that share a row; one where a row has a thread to itself. */
const lanesOf = (tile: Tile) => Math.max(1, threadsOf(tile) / tile.rows);

/** WGSL that runs `body` for every row of the block, which all threads of the row reach together. */
export function eachRow(tile: Tile, body: string): string {
  const lanes = lanesOf(tile);
  const atOnce = threadsOf(tile) / lanes;
  return `
  for (var round = 0; round < ${tile.rows}; round += ${atOnce}) {
    let ownRow = firstRow + round + i32(thread) / ${lanes};
    let lane = i32(thread) % ${lanes};
    let rowStart = (n * u.length + ownRow) * u.length;
    let rowEnd = select(0, u.length, ownRow < u.length);
    ${body}
  }`;
}

/** WGSL that runs `body` for the vectors `at` of a thread's row that fall to it; `left` elements remain there. */
export function eachVector(tile: Tile, body: string): string {
  return `
    for (var k = lane * 4; k < rowEnd; k += ${4 * lanesOf(tile)}) {
      let at = rowStart + k;
      let left = rowEnd - k;
      ${body}
    }`;
}

/**
 * WGSL: `sumOf` and `largestOf` the elements of a vector that remain; `sumOverLanes` and `largestOverLanes` give all
 * threads of a row what comes of their values.
 */
export function rowFunctions(tile: Tile): string {
  return `
${lanesOf(tile) > 1 ? `var<workgroup> laneValues: array<f32, ${threadsOf(tile)}>;` : ''}
fn remaining(v: vec4<f32>, left: i32, filling: f32) -> vec4<f32> {
  return select(vec4<f32>(filling), v, vec4<i32>(0, 1, 2, 3) < vec4<i32>(left));
}
fn largestOf(v: vec4<f32>, left: i32) -> f32 {
  let all = remaining(v, left, v.x);
  return max(max(all.x, all.y), max(all.z, all.w));
}
fn sumOf(v: vec4<f32>, left: i32) -> f32 { return dot(remaining(v, left, 0), vec4<f32>(1)); }
${overLanes(tile, 'sumOverLanes', (a, b) => `${a} + ${b}`)}
${overLanes(tile, 'largestOverLanes', (a, b) => `max(${a}, ${b})`)}`;
}

function overLanes(tile: Tile, name: string, join: (a: string, b: string) => string): string {
  const lanes = lanesOf(tile);
  if (lanes === 1) return `fn ${name}(value: f32, thread: u32) -> f32 { return value; }`;
  return `
fn ${name}(value: f32, thread: u32) -> f32 {
  workgroupBarrier();
  laneValues[thread] = value;
  workgroupBarrier();
  let first = thread / ${lanes} * ${lanes};
  var result = laneValues[first];
  for (var lane = 1u; lane < ${lanes}u; lane++) { result = ${join('result', 'laneValues[first + lane]')}; }
  return result;
}`;
}
