/** Counts the compute dispatches of every WebGPU device of this thread, from now until stop. */
export function countGpuDispatches(): { count(): number; stop(): void } {
  let dispatches = 0;
  if (typeof GPUComputePassEncoder === 'undefined') return { count: () => 0, stop: () => {} };
  const prototype = GPUComputePassEncoder.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = prototype;
  prototype.dispatchWorkgroups = function (...args) {
    dispatches++;
    return dispatchWorkgroups.apply(this, args);
  };
  prototype.dispatchWorkgroupsIndirect = function (...args) {
    dispatches++;
    return dispatchWorkgroupsIndirect.apply(this, args);
  };
  return {
    count: () => dispatches,
    stop: () => Object.assign(prototype, { dispatchWorkgroups, dispatchWorkgroupsIndirect }),
  };
}
