/** A compute shader: its bindings by name, in order, and the WGSL that uses them. */
export interface Program {
  /** Label, and key of the pipeline: programs of the same key must be the same. */
  readonly key: string;
  readonly buffers: readonly Binding[];
  readonly uniforms: Uniforms;
  /** It uses subgroups, where the adapter has them. */
  readonly subgroups?: boolean;
  /** The WGSL besides the declarations of buffers and uniforms; its entry point is `main`. */
  source(): string;
}

export interface Binding {
  name: string;
  access: 'read' | 'read_write';
  element: 'f32' | 'vec4<f32>' | 'u32';
}

/** Fields of the uniform `u`, in order: vectors of whole numbers first, then whole numbers, then reals. */
export interface Uniforms {
  /** A table `array<vec4<i32>, length>` by its name. */
  tables?: readonly (readonly [name: string, length: number])[];
  whole?: readonly string[];
  real?: readonly string[];
  /** Some values change from call to call: no buffer is kept for the next. */
  changing?: boolean;
}

/** Bindings of one access and element type. */
export function bindings(
  access: Binding['access'],
  names: readonly string[],
  element: Binding['element'] = 'f32',
): Binding[] {
  return names.map((name) => ({ name, access, element }));
}

/** The whole WGSL of a program. */
export function shaderOf(program: Program): string {
  const { tables = [], whole = [], real = [] } = program.uniforms;
  const fields = [
    ...tables.map(([name, length]) => `${name}: array<vec4<i32>, ${length}>,`),
    ...whole.map((name) => `${name}: i32,`),
    ...real.map((name) => `${name}: f32,`),
  ];
  const buffers = program.buffers.map(
    ({ name, access, element }, index) =>
      `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${element}>;`,
  );
  // That all threads of a quad reach a place together is ours to see to: to the compiler it is not apparent.
  const subgroups = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';
  return `
${program.subgroups ? subgroups : ''}
struct Uniforms { ${fields.join(' ')} }
@group(0) @binding(${buffers.length}) var<uniform> u: Uniforms;
${buffers.join('\n')}
${program.source()}`;
}

const memory = new Map<string, Program>();

/** The program of a key, made at its first use. */
export function programOf(key: string, make: () => Omit<Program, 'key'>): Program {
  let program = memory.get(key);
  if (!program) {
    program = { key, ...make() };
    memory.set(key, program);
  }
  return program;
}
