/** Bytes of the buffers that WebGPU devices of this thread were asked for. */
export interface GpuBuffers {
  /** Those that there are now. */
  bytes: number;
  /** The most that there were at once. */
  mostBytes: number;
  /** The largest one: a device's maxBufferSize ends there. */
  largestBytes: number;
}

/**
 * Counts the buffers that are made from now until stop, those that wait in tfjs's pool for their next use included: what the
 * device holds, and not only what tensors need. Zeros where this thread has no WebGPU.
 */
export function countGpuBuffers(): { count(): GpuBuffers; stop(): void } {
  const counted: GpuBuffers = { bytes: 0, mostBytes: 0, largestBytes: 0 };
  if (typeof GPUDevice === 'undefined') return { count: () => counted, stop: () => {} };
  const sizes = new WeakMap<GPUBuffer, number>();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    counted.bytes += descriptor.size;
    counted.mostBytes = Math.max(counted.mostBytes, counted.bytes);
    counted.largestBytes = Math.max(counted.largestBytes, descriptor.size);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    counted.bytes -= sizes.get(this) ?? 0;
    sizes.delete(this);
    return destroy.call(this);
  };
  return {
    count: () => ({ ...counted }),
    stop: () => {
      Object.assign(GPUDevice.prototype, { createBuffer });
      Object.assign(GPUBuffer.prototype, { destroy });
    },
  };
}
