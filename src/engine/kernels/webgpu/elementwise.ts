import { bindings, type Program, programOf } from './program';

const THREADS = 256;
/** With more elements each thread takes several. */
const MOST_WORKGROUPS = 4096;

/** SiLU and its derivative, by the sigmoid; e⁸⁰ is as far as float32 needs to go. */
export const siluOf = (type: ElementType) => `
fn sigmoid(x: ${type}) -> ${type} { return 1 / (1 + exp(min(-x, ${type}(80)))); }
fn silu(x: ${type}) -> ${type} { return x * sigmoid(x); }
fn siluDerivative(x: ${type}) -> ${type} { let s = sigmoid(x); return s * (1 + x * (1 - s)); }`;

export type ElementType = 'f32' | 'vec4<f32>';

/** Whether elements can be taken four at a time. */
export function elementTypeFor(size: number): ElementType {
  return size % 4 === 0 ? 'vec4<f32>' : 'f32';
}

/** Workgroups that `elementwise` needs for this many elements, of whichever type. */
export function elementwiseWorkgroups(elements: number): [number] {
  return [Math.min(Math.ceil(elements / THREADS), MOST_WORKGROUPS)];
}

/** Buffers and whole uniforms of an elementwise program; those of `scalars` are read as f32 whatever the type. */
export interface ElementwiseNames {
  reads: string[];
  scalars?: string[];
  writes: string[];
  whole?: string[];
}

/** A program that runs `body` (WGSL of the type) for each i below the uniform `size`. */
export function elementwise(
  name: string,
  type: ElementType,
  { reads, scalars = [], writes, whole = [] }: ElementwiseNames,
  body: string,
): Program {
  return programOf(`${name} ${type}`, () => ({
    buffers: [
      ...bindings('read', reads, type),
      ...bindings('read', scalars),
      ...bindings('read_write', writes, type),
    ],
    uniforms: { whole: ['size', ...whole] },
    source: () => `
${siluOf(type)}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = i32(id.x); i < u.size; i += i32(groups.x) * ${THREADS}) { ${body} }
}`,
  }));
}
