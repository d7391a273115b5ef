import type { TfjsWebgpuBackend } from './backend';
import type { Program } from './program';

/** Values of a program's uniforms by their names; a table is flat, four numbers a row, and zero where it is short. */
export type UniformValues = Readonly<Record<string, number | readonly number[]>>;

/** Buffers kept for values that come again; more are forgotten. */
const MOST_KEPT = 4096;

/** Uniform buffers. Shapes come again at every step, so theirs are written once and kept. */
export class UniformBuffers {
  #backend: TfjsWebgpuBackend;
  #kept = new Map<string, GPUBuffer>();

  constructor(backend: TfjsWebgpuBackend) {
    this.#backend = backend;
  }

  /** A buffer that holds these values until the commands of now are submitted. */
  buffer(program: Program, values: UniformValues): GPUBuffer {
    const words = wordsOf(program, values);
    if (program.uniforms.changing) {
      const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
      const buffer = this.#backend.bufferManager.acquireBuffer(words.byteLength, usage);
      this.#backend.device.queue.writeBuffer(buffer, 0, words);
      this.#backend.uniformPendingDisposal.push(buffer);
      return buffer;
    }
    const key = words.join();
    let buffer = this.#kept.get(key);
    if (!buffer) {
      buffer = this.#backend.device.createBuffer({
        size: words.byteLength,
        usage: GPUBufferUsage.UNIFORM,
        mappedAtCreation: true,
      });
      new Int32Array(buffer.getMappedRange()).set(words);
      buffer.unmap();
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(key, buffer);
    }
    return buffer;
  }
}

function wordsOf({ key, uniforms }: Program, values: UniformValues): Int32Array<ArrayBuffer> {
  const { tables = [], whole = [], real = [] } = uniforms;
  const inTables = tables.reduce((sum, [, length]) => sum + 4 * length, 0);
  const size = Math.max(4, Math.ceil((inTables + whole.length + real.length) / 4) * 4);
  const words = new Int32Array(size);
  let place = 0;
  for (const [name, length] of tables) {
    words.set(values[name] as readonly number[], place);
    place += 4 * length;
  }
  for (const name of whole) words[place++] = numberOf(key, name, values);
  const reals = new Float32Array(words.buffer);
  for (const name of real) reals[place++] = numberOf(key, name, values);
  return words;
}

function numberOf(key: string, name: string, values: UniformValues): number {
  const value = values[name];
  if (typeof value !== 'number') throw new Error(`${key}: the uniform '${name}' has no value.`);
  return value;
}
