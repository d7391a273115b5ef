/** A compute dispatch with all that was bound for it. */
interface Dispatch {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  workgroups: [number, number, number];
}

/**
 * The dispatches that `work` hands to the device, to be issued again with nothing around them: the least that a step of
 * so many dispatches can cost the CPU. `work` must not wait.
 */
export function bareDispatches(device: GPUDevice, work: () => void): { count: number; issue(): void } {
  const dispatches = recordDispatches(work);
  return {
    count: dispatches.length,
    issue: () => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const { pipeline, bindGroup, workgroups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
  };
}

function recordDispatches(work: () => void): Dispatch[] {
  const dispatches: Dispatch[] = [];
  const prototype = GPUComputePassEncoder.prototype;
  const { setPipeline, setBindGroup, dispatchWorkgroups } = prototype;
  let pipeline: GPUComputePipeline;
  let bindGroup: GPUBindGroup;
  prototype.setPipeline = function (given) {
    pipeline = given;
    return setPipeline.call(this, given);
  };
  // All of ours bind one group, at 0.
  prototype.setBindGroup = function (this: GPUComputePassEncoder, _: number, given: GPUBindGroup) {
    bindGroup = given;
    return (setBindGroup as (...args: unknown[]) => undefined).call(this, 0, given);
  } as typeof setBindGroup;
  prototype.dispatchWorkgroups = function (x, y = 1, z = 1) {
    dispatches.push({ pipeline, bindGroup, workgroups: [x, y, z] });
    return dispatchWorkgroups.call(this, x, y, z);
  };
  try {
    work();
  } finally {
    Object.assign(prototype, { setPipeline, setBindGroup, dispatchWorkgroups });
  }
  return dispatches;
}
