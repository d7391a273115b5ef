import type { TfjsWebgpuBackend } from './backend';
import type { Program } from './program';

/** Values of a program's uniforms by their names; a table is flat, four numbers a row, and zero where it is short. */
export type UniformValues = Readonly<Record<string, number | readonly number[]>>;

/** Words of a program's uniforms, or those of one array of four that a binding needs at least. */
export function uniformSize({ uniforms: { tables = [], whole = [], real = [] } }: Program): number {
  const inTables = tables.reduce((sum, [, length]) => sum + 4 * length, 0);
  return Math.max(4, Math.ceil((inTables + whole.length + real.length) / 4) * 4);
}

/** A uniform buffer that is never written again. */
export function fixedUniforms(device: GPUDevice, program: Program, values: UniformValues): GPUBuffer {
  const words = new Int32Array(uniformSize(program));
  writeUniforms(words, program, values);
  const buffer = device.createBuffer({
    size: words.byteLength,
    usage: GPUBufferUsage.UNIFORM,
    mappedAtCreation: true,
  });
  new Int32Array(buffer.getMappedRange()).set(words);
  buffer.unmap();
  return buffer;
}

/** A uniform buffer that holds its values until the commands of now are submitted. */
export function passingUniforms(
  backend: TfjsWebgpuBackend,
  program: Program,
  values: UniformValues,
): GPUBuffer {
  const words = new Int32Array(uniformSize(program));
  writeUniforms(words, program, values);
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const buffer = backend.bufferManager.acquireBuffer(words.byteLength, usage);
  backend.device.queue.writeBuffer(buffer, 0, words);
  backend.uniformPendingDisposal.push(buffer);
  return buffer;
}

/** Writes the uniforms of a program to `words`, of uniformSize. */
export function writeUniforms(words: Int32Array, { key, uniforms }: Program, values: UniformValues): void {
  const { tables = [], whole = [], real = [] } = uniforms;
  let place = 0;
  for (const [name, length] of tables) {
    words.set(values[name] as readonly number[], place);
    place += 4 * length;
  }
  for (const name of whole) words[place++] = numberOf(key, name, values);
  const reals = new Float32Array(words.buffer, words.byteOffset, words.length);
  for (const name of real) reals[place++] = numberOf(key, name, values);
}

function numberOf(key: string, name: string, values: UniformValues): number {
  const value = values[name];
  if (typeof value !== 'number') throw new Error(`${key}: the uniform '${name}' has no value.`);
  return value;
}
