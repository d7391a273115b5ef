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

/**
 * Tensors that lie in slabs. tfjs knows tensors with buffers of their own only: one that any of its own kernels wants
 * gets one first, and reading leaves it where it is.
 */
export class Regions {
  #backend: TfjsWebgpuBackend;
  #regions = new WeakMap<object, Region>();
  #sumParts: SumParts;
  #release: (dataId: object) => void;

  constructor(backend: TfjsWebgpuBackend, sumParts: SumParts) {
    this.#backend = backend;
    this.#sumParts = sumParts;
    this.#release = backend.releaseResource.bind(backend);
    this.#teach();
  }

  of({ dataId }: tf.TensorInfo): Region | undefined {
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
    this.#release(dataId);
    this.#enter(dataId, region);
  }

  /** Gives a tensor that lies in a slab a buffer of its own. */
  settle(dataId: object): void {
    const region = this.#regions.get(dataId);
    if (!region) return;
    const buffer = this.#backend.bufferManager.acquireBuffer(4 * region.size, tensorUsage());
    this.#sumParts(region, buffer);
    this.#leave(dataId, region);
    Object.assign(this.#backend.tensorMap.get(dataId), { resource: buffer, external: false });
  }

  #enter(dataId: object, region: Region): void {
    Object.assign(this.#backend.tensorMap.get(dataId), {
      resource: region.slab.buffer,
      external: true,
      values: null,
    });
    this.#regions.set(dataId, region);
    region.slab.live++;
  }

  #leave(dataId: object, { slab }: Region): void {
    this.#regions.delete(dataId);
    slab.live--;
    if (slab.live === 0) slab.emptied();
  }

  /** Puts this in the way of everything in tfjs that looks at a tensor's buffer. */
  #teach(): void {
    const backend = this.#backend;
    const { uploadToGPU, read, readSync, readToGPU } = backend;
    backend.uploadToGPU = (dataId) => {
      this.settle(dataId);
      uploadToGPU.call(backend, dataId);
    };
    backend.readSync = (dataId) => {
      this.settle(dataId);
      return readSync.call(backend, dataId);
    };
    backend.readToGPU = (dataId) => {
      this.settle(dataId);
      return readToGPU.call(backend, dataId);
    };
    // What is read of a region is not kept on the CPU, for a region's values may change in place.
    backend.read = async (dataId) => {
      const region = this.#regions.get(dataId);
      if (!region) return read.call(backend, dataId);
      const buffer = backend.bufferManager.acquireBuffer(4 * region.size, tensorUsage());
      this.#sumParts(region, buffer);
      const values = await backend.getBufferData(buffer);
      backend.bufferManager.releaseBuffer(buffer);
      return new Float32Array(values);
    };
    backend.releaseResource = (dataId) => {
      const region = this.#regions.get(dataId);
      if (region) this.#leave(dataId, region);
      this.#release(dataId);
    };
  }
}
