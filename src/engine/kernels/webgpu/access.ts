import type { TfjsWebgpuBackend } from './backend';

/** What has to be done for tfjs, which knows tensors that lie in buffers of their own only. */
export interface AccessHooks {
  /** The tensor must lie in a buffer of its own, with its values. */
  wanted(dataId: object): void;
  /** Reads a tensor that is not like that; undefined for one that is. */
  read(dataId: object): Promise<Float32Array> | undefined;
  /** The tensor gives up its memory. */
  gone(dataId: object): void;
}

/** Puts hooks in the way of everything in tfjs that looks at a tensor's buffer. */
export function hookAccess(backend: TfjsWebgpuBackend, hooks: AccessHooks): void {
  const { uploadToGPU, read, readSync, readToGPU, releaseResource, shouldExecuteOnCPU } = backend;
  backend.uploadToGPU = (dataId) => {
    hooks.wanted(dataId);
    uploadToGPU.call(backend, dataId);
  };
  backend.readSync = (dataId) => {
    hooks.wanted(dataId);
    return readSync.call(backend, dataId);
  };
  backend.readToGPU = (dataId) => {
    hooks.wanted(dataId);
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
