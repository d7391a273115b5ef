import type { Plan } from './plan';
import { bindings, programOf } from './program';
import type { UniformValues } from './uniforms';

const THREADS = 256;
/** With more elements each thread takes several. */
const MOST_WORKGROUPS = 4096;

/** SiLU and its derivative, by the sigmoid; e⁸⁰ is as far as float32 needs to go. */
export const siluOf = (type: ElementType) => `
fn sigmoid(x: ${type}) -> ${type} { return 1 / (1 + exp(min(-x, ${type}(80)))); }
fn silu(x: ${type}) -> ${type} { return x * sigmoid(x); }
fn siluDerivative(x: ${type}) -> ${type} { let s = sigmoid(x); return s * (1 + x * (1 - s)); }`;

export type ElementType = 'f32' | 'vec4<f32>';

/** Buffers and whole uniforms of an elementwise program; those of `scalars` are read as f32 whatever the type. */
export interface ElementwiseNames {
  reads: string[];
  scalars?: string[];
  writes: string[];
  whole?: string[];
}

/** The elements of a tensor, taken four at a time where they can be. */
export interface Elements {
  type: ElementType;
  /** Elements of that type. */
  size: number;
  /** Scalars of one. */
  unit: 1 | 4;
}

/** `scalars` elements whose rows, if that matters, are so long. */
export function elementsOf(scalars: number, row = scalars): Elements {
  return row % 4 === 0
    ? { type: 'vec4<f32>', size: scalars / 4, unit: 4 }
    : { type: 'f32', size: scalars, unit: 1 };
}

/** A plan that runs `body` (WGSL of the type) for each element i; the uniform `size` is their number. */
export function elementwise(
  name: string,
  { type, size }: Elements,
  { reads, scalars = [], writes, whole = [] }: ElementwiseNames,
  body: string,
  values: UniformValues = {},
): Plan {
  const program = programOf(`${name} ${type}`, () => ({
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
  const workgroups = Math.min(Math.ceil(size / THREADS), MOST_WORKGROUPS);
  return { program, values: { size, ...values }, workgroups: [workgroups] };
}
