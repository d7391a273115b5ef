import { threadsOf, tiles } from '../webgpu/tile';

const THREADS = threadsOf(tiles.small);
const LANES = THREADS / tiles.small.rows;

/**
 * WGSL for rows of a block that have `lanes` threads each: `sumOverLanes` and `largestOverLanes` give all threads of a
 * row what comes of their values. All threads of the workgroup must call them together.
 */
export const rowSums = {
  lanes: LANES,
  wgsl: `
var<workgroup> laneValues: array<f32, ${THREADS}>;
fn rowOfThread(thread: u32) -> i32 { return i32(thread) / ${LANES}; }
fn laneOfThread(thread: u32) -> i32 { return i32(thread) % ${LANES}; }
fn largestOf(v: vec4<f32>, left: i32) -> f32 {
  let filled = select(vec4<f32>(v.x), v, vec4<i32>(0, 1, 2, 3) < vec4<i32>(left));
  return max(max(filled.x, filled.y), max(filled.z, filled.w));
}
fn sumOf(v: vec4<f32>, left: i32) -> f32 {
  return dot(select(vec4<f32>(0), v, vec4<i32>(0, 1, 2, 3) < vec4<i32>(left)), vec4<f32>(1));
}
${overLanes('sumOverLanes', (a, b) => `${a} + ${b}`)}
${overLanes('largestOverLanes', (a, b) => `max(${a}, ${b})`)}`,
};

function overLanes(name: string, join: (a: string, b: string) => string): string {
  return `
fn ${name}(value: f32, thread: u32) -> f32 {
  workgroupBarrier();
  laneValues[thread] = value;
  workgroupBarrier();
  var result = laneValues[thread / ${LANES} * ${LANES}];
  for (var lane = 1u; lane < ${LANES}u; lane++) {
    result = ${join('result', `laneValues[thread / ${LANES} * ${LANES} + lane]`)};
  }
  return result;
}`;
}
