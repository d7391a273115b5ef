import type { Fed, RecordedDispatch } from './recording';
import { aligned } from './slabs';
import { uniformSize, writeUniforms } from './uniforms';

/** All that a run of a replay gets from the host, in one buffer that is written at once: feeds, and uniforms that change. */
export class Uploads {
  #device: GPUDevice;
  #buffer: GPUBuffer;
  #words: Int32Array<ArrayBuffer>;
  #places = new Map<Fed | RecordedDispatch, { offset: number; size: number }>();
  #writers: (() => void)[] = [];

  constructor(device: GPUDevice, feeds: readonly Fed[], dispatches: readonly RecordedDispatch[]) {
    this.#device = device;
    const changing = dispatches.filter((dispatch) => dispatch.changing);
    let bytes = 0;
    const place = (owner: Fed | RecordedDispatch, size: number) => {
      this.#places.set(owner, { offset: bytes, size });
      bytes = aligned(bytes + size);
    };
    for (const fed of feeds) place(fed, fed.size);
    for (const dispatch of changing) place(dispatch, 4 * uniformSize(dispatch.plan.program));
    this.#words = new Int32Array(bytes / 4);
    for (const fed of feeds) this.#writers.push(this.#feedWriter(fed));
    for (const dispatch of changing) this.#writers.push(this.#uniformWriter(dispatch));
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.#buffer = device.createBuffer({ size: Math.max(4, bytes), usage });
  }

  /** Where a feed lies, or the uniforms of a dispatch. */
  bindingOf(owner: Fed | RecordedDispatch): GPUBufferBinding {
    return { buffer: this.#buffer, ...this.#placeOf(owner) };
  }

  /** Asks for all values and sends them. */
  write(): void {
    for (const writer of this.#writers) writer();
    this.#device.queue.writeBuffer(this.#buffer, 0, this.#words);
  }

  dispose(): void {
    this.#buffer.destroy();
  }

  #feedWriter(fed: Fed): () => void {
    const { offset, size } = this.#placeOf(fed);
    const target = new Float32Array(this.#words.buffer, offset, size / 4);
    return () => {
      const values = fed.values();
      if (values.length !== target.length)
        throw new Error(`A feed of ${target.length} values has ${values.length} now.`);
      target.set(values);
    };
  }

  #uniformWriter(dispatch: RecordedDispatch): () => void {
    const { plan, changing } = dispatch;
    const { offset, size } = this.#placeOf(dispatch);
    const target = new Int32Array(this.#words.buffer, offset, size / 4);
    return () => writeUniforms(target, plan.program, { ...plan.values, ...changing?.() });
  }

  #placeOf(owner: Fed | RecordedDispatch): { offset: number; size: number } {
    const place = this.#places.get(owner);
    if (!place) throw new Error('A replay uploads only what it was made with.');
    return place;
  }
}
