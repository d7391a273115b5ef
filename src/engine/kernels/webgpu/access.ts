import type { TfjsWebgpuBackend } from './backend';

/** What has to be done for tfjs, which knows tensors that lie in buffers of their own only. */
export interface AccessHooks {
  /** The tensor must have its values. */
  wanted(dataId: object): void;
  /** It must have them in a buffer of its own. */
  wantedAlone(dataId: object): void;
  /** Where the tensor lies, if that is not a buffer of its own. */
  placeOf(dataId: object): GPUBufferBinding | undefined;
  /** Reads a tensor that is not like that; undefined for one that is. */
  read(dataId: object): Promise<Float32Array> | undefined;
  /** The tensor gives up its memory. */
  gone(dataId: object): void;
  /** A program of tfjs itself runs. */
  stockProgram(): void;
}

/** Puts hooks in the way of everything in tfjs that looks at a tensor's buffer. */
export function hookAccess(backend: TfjsWebgpuBackend, hooks: AccessHooks): void {
  const { uploadToGPU, read, readSync, readToGPU, releaseResource, shouldExecuteOnCPU } = backend;
  const { tensorToBinding, recordAndSubmit } = backend;
  backend.uploadToGPU = (dataId) => {
    hooks.wanted(dataId);
    uploadToGPU.call(backend, dataId);
  };
  backend.tensorToBinding = (tensor) =>
    (tensor && hooks.placeOf(tensor.dataId)) ?? tensorToBinding.call(backend, tensor);
  backend.recordAndSubmit = (...program) => {
    hooks.stockProgram();
    recordAndSubmit.apply(backend, program);
  };
  backend.readSync = (dataId) => {
    hooks.wantedAlone(dataId);
    return readSync.call(backend, dataId);
  };
  backend.readToGPU = (dataId) => {
    hooks.wantedAlone(dataId);
    return readToGPU.call(backend, dataId);
  };
  backend.shouldExecuteOnCPU = (inputs, ...rest) => {
    for (const { dataId } of inputs) hooks.wanted(dataId);
    return shouldExecuteOnCPU.call(backend, inputs, ...rest);
  };
  backend.read = (dataId) => hooks.read(dataId) ?? read.call(backend, dataId);
  backend.releaseResource = (dataId) => {
    hooks.gone(dataId);
    releaseResource.call(backend, dataId);
  };
}
