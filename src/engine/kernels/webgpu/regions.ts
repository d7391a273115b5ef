import type * as tf from '@tensorflow/tfjs';
import { type TfjsWebgpuBackend, tensorUsage } from './backend';
import type { Slab } from './slabs';

/** Where a tensor lies in a slab: `parts` times its size, one after another, whose sum is its value. */
export interface Region {
  readonly slab: Slab;
  /** Bytes. */
  readonly offset: number;
  /** Elements of the tensor. */
  readonly size: number;
  readonly parts: number;
}

/** The whole of a region, its parts too. */
export function regionBinding({ slab, offset, size, parts }: Region): GPUBufferBinding {
  return { buffer: slab.buffer, offset, size: 4 * size * parts };
}

/** Appends the command that adds up a region's parts in a buffer. */
export type SumParts = (region: Region, into: GPUBuffer) => void;

/** Tensors that lie in slabs. */
export class Regions {
  #backend: TfjsWebgpuBackend;
  #regions = new WeakMap<object, Region>();
  /** Grows when a tensor comes to lie elsewhere, or ends. */
  changes = 0;
  #sumParts: SumParts;

  constructor(backend: TfjsWebgpuBackend, sumParts: SumParts) {
    this.#backend = backend;
    this.#sumParts = sumParts;
  }

  of({ dataId }: Pick<tf.TensorInfo, 'dataId'>): Region | undefined {
    return this.#regions.get(dataId);
  }

  /** A new float32 tensor in a region. */
  create(shape: number[], region: Region): tf.TensorInfo {
    const tensor = this.#backend.makeTensorInfo(shape, 'float32');
    this.#enter(tensor.dataId, region);
    return tensor;
  }

  /** Moves a tensor into a region of one part, which from now on holds its values. */
  move({ dataId }: tf.TensorInfo, region: Region): void {
    const backend = this.#backend;
    backend.uploadToGPU(dataId);
    const { resource } = backend.tensorMap.get(dataId);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    const encoder = backend.commandEncoder as GPUCommandEncoder;
    encoder.copyBufferToBuffer(resource as GPUBuffer, 0, region.slab.buffer, region.offset, 4 * region.size);
    backend.releaseResource(dataId);
    this.#enter(dataId, region);
  }

  /** Where a tensor of one part lies. */
  placeOf(dataId: object): GPUBufferBinding | undefined {
    const region = this.#regions.get(dataId);
    return region?.parts === 1 ? regionBinding(region) : undefined;
  }

  /** Gives a tensor that lies in a slab a buffer of its own. */
  settle(dataId: object): void {
    const region = this.#regions.get(dataId);
    if (!region) return;
    const resource = this.#summed(region);
    this.leave(dataId);
    Object.assign(this.#backend.tensorMap.get(dataId), { resource, external: false, values: null });
  }

  /** The values of a tensor that lies in a slab, which are not kept on the CPU: they may change in place. */
  read(dataId: object): Promise<Float32Array> | undefined {
    const region = this.#regions.get(dataId);
    return region && this.#download(region);
  }

  /** A tensor no longer lies in its slab, if it did. */
  leave(dataId: object): void {
    this.changes++;
    const slab = this.#regions.get(dataId)?.slab;
    if (!slab) return;
    this.#regions.delete(dataId);
    slab.live--;
    if (slab.live === 0) slab.emptied();
  }

  #enter(dataId: object, region: Region): void {
    this.changes++;
    Object.assign(this.#backend.tensorMap.get(dataId), {
      resource: region.slab.buffer,
      external: true,
      values: null,
    });
    this.#regions.set(dataId, region);
    region.slab.live++;
  }

  #summed(region: Region): GPUBuffer {
    const buffer = this.#backend.bufferManager.acquireBuffer(4 * region.size, tensorUsage());
    this.#sumParts(region, buffer);
    return buffer;
  }

  async #download(region: Region): Promise<Float32Array> {
    const buffer = this.#summed(region);
    const values = await this.#backend.getBufferData(buffer);
    this.#backend.bufferManager.releaseBuffer(buffer);
    return new Float32Array(values);
  }
}
