import type { AdamEmaSettings } from '../operations';
import type { WebgpuKernels } from '../webgpu/kernels';
import type { Plan } from '../webgpu/plan';
import { bindings, programOf } from '../webgpu/program';
import type { Slab } from '../webgpu/slabs';
import type { UniformValues } from '../webgpu/uniforms';
import type { AdamEmaUpdater } from './adamEma';
import { type Arena, Arenas, roles } from './arena';

const THREADS = 256;
/** Elements of a workgroup. */
const CHUNK = 8 * THREADS;
const ENTRY_WORDS = 5;
const TABLES_KEPT = 8;

/** adamEma on WebGPU: all parameters in one dispatch (or one an arena, for very large models), in place. */
export function adamEmaOnWebgpu(kernels: WebgpuKernels): AdamEmaUpdater {
  const arenas = new Arenas(kernels);
  const tables = new Tables(kernels);
  return (updates, settings) => {
    // What waits shall see the parameters as they were.
    kernels.deferred.completeAll();
    const slots = arenas.place(updates);
    const dispatches = new Map<Arena, Map<Slab, number[]>>();
    updates.forEach(({ gradient }, i) => {
      const { arena, offset } = slots[i] as (typeof slots)[number];
      const region = kernels.inSlab(gradient);
      const ofArena = dispatches.get(arena) ?? new Map<Slab, number[]>();
      dispatches.set(arena, ofArena);
      const rows = ofArena.get(region.slab) ?? [];
      ofArena.set(region.slab, rows);
      rows.push(offset / 4, region.offset / 4, region.size, region.parts);
    });
    kernels.relyOn(updates.flatMap((update) => roles.map((role) => update[role])));
    for (const [arena, ofArena] of dispatches) {
      for (const [slab, rows] of ofArena) {
        const table = tables.of(rows);
        const buffers = roles.map((role) => [role, { buffer: arena.slabs[role].buffer }]);
        const operands = { table: { buffer: table.buffer }, gradients: { buffer: slab.buffer } };
        kernels.run(table.plan, { ...operands, ...Object.fromEntries(buffers) }, () => uniformsOf(settings));
      }
    }
  };
}

function uniformsOf({ learningRate, beta1, beta2, epsilon, step, emaDecay }: AdamEmaSettings): UniformValues {
  return {
    beta1,
    rest1: 1 - beta1,
    beta2,
    rest2: 1 - beta2,
    stepSize: learningRate / (1 - beta1 ** step),
    inverseCorrection: 1 / Math.sqrt(1 - beta2 ** step),
    epsilon,
    emaDecay,
    emaRest: 1 - emaDecay,
  };
}

interface Table {
  buffer: GPUBuffer;
  plan: Plan;
}

/** What each workgroup works on; the same at every step of a training. */
class Tables {
  #kernels: WebgpuKernels;
  #known = new Map<string, Table>();

  constructor(kernels: WebgpuKernels) {
    this.#kernels = kernels;
  }

  /** For parameters of four numbers each: element in the arena, element in the gradients' slab, size, parts. */
  of(rows: number[]): Table {
    const key = rows.join();
    let table = this.#known.get(key);
    if (!table) {
      table = this.#create(rows);
      if (this.#known.size >= TABLES_KEPT) this.#known.clear();
      this.#known.set(key, table);
    }
    return table;
  }

  #create(rows: number[]): Table {
    const words: number[] = [];
    for (let row = 0; row < rows.length; row += 4) {
      const [at, gradient, size, parts] = rows.slice(row, row + 4) as [number, number, number, number];
      for (let first = 0; first < size; first += CHUNK) {
        words.push(at + first, gradient + first, Math.min(CHUNK, size - first), parts, size);
      }
    }
    const buffer = this.#kernels.backend.device.createBuffer({
      size: 4 * words.length,
      usage: GPUBufferUsage.STORAGE,
      mappedAtCreation: true,
    });
    new Uint32Array(buffer.getMappedRange()).set(words);
    buffer.unmap();
    const workgroups = [words.length / ENTRY_WORDS] as const;
    return { buffer, plan: { program: adamEmaProgram(), values: {}, workgroups } };
  }
}

const adamEmaProgram = () =>
  programOf('adamEma', () => ({
    buffers: [
      ...bindings('read', ['table'], 'u32'),
      ...bindings('read', ['gradients']),
      ...bindings('read_write', roles),
    ],
    uniforms: {
      real: [
        ...['beta1', 'rest1', 'beta2', 'rest2', 'stepSize', 'inverseCorrection', 'epsilon'],
        ...['emaDecay', 'emaRest'],
      ],
      changing: true,
    },
    source: () => `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let entry = workgroup.x * ${ENTRY_WORDS};
  let count = table[entry + 2];
  let parts = table[entry + 3];
  let size = table[entry + 4];
  for (var i = thread; i < count; i += ${THREADS}) {
    let at = table[entry] + i;
    var g = 0.0;
    for (var part = 0u; part < parts; part++) { g += gradients[table[entry + 1] + part * size + i]; }
    let first = u.beta1 * m[at] + u.rest1 * g;
    let second = u.beta2 * v[at] + u.rest2 * g * g;
    let value = parameter[at] - u.stepSize * first / (sqrt(second) * u.inverseCorrection + u.epsilon);
    m[at] = first;
    v[at] = second;
    parameter[at] = value;
    ema[at] = u.emaDecay * ema[at] + u.emaRest * value;
  }
}`,
  }));
