import type * as tf from '@tensorflow/tfjs';
import { feedOf } from '../replay/feed';
import type { Lifetime } from '../replay/shareMemory';
import type { TfjsWebgpuBackend } from './backend';
import type { Operand, Plan } from './plan';
import type { UniformValues } from './uniforms';

/** A tensor that a run makes and nothing after it needs; `first` and `last` count dispatches. */
export interface Temporary extends Lifetime {
  kind: 'temporary';
}

/** A tensor whose values come from the host. */
export interface Fed {
  kind: 'fed';
  values: () => Float32Array;
  /** Bytes. */
  size: number;
}

/** What a dispatch binds: memory of the run, or a place in a buffer that stays. */
export type RecordedOperand = Temporary | Fed | GPUBufferBinding;

export interface RecordedDispatch {
  plan: Plan;
  /** In the order of the program's buffers. */
  operands: RecordedOperand[];
  /** Tells the uniforms that the plan leaves open. */
  changing: (() => UniformValues) | undefined;
}

/** What one run of a computation asks of the device. */
export class Recording {
  readonly dispatches: RecordedDispatch[] = [];
  /** Tensors of before the run: where one of them has moved, what is recorded here is not true any more. */
  readonly places = new Map<object, GPUBufferBinding>();
  #backend: TfjsWebgpuBackend;
  #firstId: number;
  #own = new Map<object, Temporary | Fed>();
  #problem: string | undefined;

  constructor(backend: TfjsWebgpuBackend) {
    this.#backend = backend;
    this.#firstId = backend.nextDataId();
  }

  /** Why this cannot be repeated, if so. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get temporaries(): Temporary[] {
    return [...this.#own.values()].filter((own) => own.kind === 'temporary');
  }

  get feeds(): Fed[] {
    return [...this.#own.values()].filter((own) => own.kind === 'fed');
  }

  /** Something happened that cannot be repeated. */
  spoil(problem: string): void {
    this.#problem ??= problem;
  }

  /** The dispatches use a tensor of before the run, where it lies. */
  relyOn({ dataId }: tf.TensorInfo, place: GPUBufferBinding): void {
    this.places.set(dataId, place);
  }

  /** To be called before a tensor is uploaded: only the values of a feed can be told again. */
  willUpload(dataId: object): void {
    const { values, resource } = this.#backend.tensorMap.get(dataId);
    if (!values || resource || !this.#isOwn(dataId)) return;
    const source = feedOf(dataId);
    if (source) this.#own.set(dataId, { kind: 'fed', values: source, size: 4 * values.length });
    else this.spoil('a tensor was made of values that are no feed');
  }

  /** Appends a dispatch; `bindings` are the places of its operands, in the order of the program's buffers. */
  add(
    plan: Plan,
    operands: Readonly<Record<string, Operand | undefined>>,
    bindings: readonly GPUBufferBinding[],
    changing: (() => UniformValues) | undefined,
  ): void {
    const recorded = plan.program.buffers.map(({ name }, i) => {
      const operand = operands[name] as Operand;
      const binding = bindings[i] as GPUBufferBinding;
      return 'dataId' in operand ? this.#operandOf(operand.dataId, binding) : operand;
    });
    this.dispatches.push({ plan, operands: recorded, changing });
  }

  /** The temporary that a tensor is; undefined where it is none. */
  temporaryOf({ dataId }: tf.TensorInfo): Temporary | undefined {
    const own = this.#own.get(dataId);
    return own?.kind === 'temporary' ? own : undefined;
  }

  #operandOf(dataId: object, binding: GPUBufferBinding): RecordedOperand {
    if (!this.#isOwn(dataId)) {
      this.places.set(dataId, binding);
      return binding;
    }
    // Only a region of a slab has a size: gradients lie where those of every step do.
    if (binding.size !== undefined) return binding;
    const index = this.dispatches.length;
    let own = this.#own.get(dataId);
    if (!own) {
      own = { kind: 'temporary', size: binding.buffer.size, first: index, last: index };
      this.#own.set(dataId, own);
    }
    if (own.kind === 'temporary') own.last = index;
    return own;
  }

  #isOwn(dataId: object): boolean {
    return (dataId as { id: number }).id >= this.#firstId;
  }
}
