import type * as tf from '@tensorflow/tfjs';

/** What the backend knows of a tensor. `values` is a copy on the CPU, of a tensor that was read or not yet uploaded. */
export interface TensorData {
  values: tf.BackendValues | null;
  resource?: GPUBuffer | null;
  /** The resource is not the tensor's own, so it is not released with it. */
  external?: boolean;
}

/** What is used of tfjs's WebGPU backend (WebGPUBackend, whose own types hide some of it). */
export interface TfjsWebgpuBackend {
  device: GPUDevice;
  tensorMap: { get(dataId: object): TensorData; has(dataId: object): boolean };
  bufferManager: {
    acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
    /** By size and usage, "64_140". */
    freeBuffers: Map<string, GPUBuffer[]>;
    numFreeBuffers: number;
    numBytesAllocated: number;
  };
  /** The commands that are not yet submitted, and the pass that is open in them. */
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  /** Tensors that those commands use: their buffers are kept until they are submitted. */
  commandQueueOwnedIds: WeakSet<object>;
  /** Buffers that those commands use: then given back for others to use, or destroyed. */
  uniformPendingDisposal: GPUBuffer[];
  stagingPendingDisposal: GPUBuffer[];
  nextDataId(): number;
  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
  releaseResource(dataId: object): void;
  uploadToGPU(dataId: object): void;
  /** What a stock program binds for a tensor. */
  tensorToBinding(tensor: tf.TensorInfo | null): GPUBindingResource | null;
  /** Appends the dispatch of a stock program. */
  recordAndSubmit(...program: unknown[]): void;
  read(dataId: object): Promise<tf.BackendValues>;
  readSync(dataId: object): tf.BackendValues;
  readToGPU(dataId: object): tf.GPUData;
  shouldExecuteOnCPU(inputs: tf.TensorInfo[], sizeThreshold?: number): boolean;
  getBufferData(buffer: GPUBuffer): Promise<ArrayBuffer>;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Usage of every tensor's buffer. */
export function tensorUsage(): number {
  return GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
}
