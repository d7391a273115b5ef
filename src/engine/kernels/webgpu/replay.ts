import * as tf from '@tensorflow/tfjs';
import type { Replay } from '../replay/recorder';
import type { ReplayMemory } from '../replay/replayMemory';
import { shareMemory } from '../replay/shareMemory';
import { emptyPool } from './bufferOrder';
import type { WebgpuKernels } from './kernels';
import type { RecordedDispatch, RecordedOperand, Recording, Temporary } from './recording';
import { Staging } from './staging';
import { Uploads } from './uploads';

interface BoundDispatch {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  x: number;
  y: number;
  z: number;
}

/** A recording with memory of its own, ready to be issued. */
interface Bound {
  uploads: Uploads;
  memory: GPUBuffer[];
  output: GPUBuffer;
  /** As many dispatches as go into one submission, so that the device begins before the last one is there. */
  submissions: BoundDispatch[][];
}

/** Repeats a recording: the same dispatches in the same order, over memory that is shared by what is never there together. */
export class WebgpuReplay implements Replay {
  #kernels: WebgpuKernels;
  #memory: ReplayMemory<GPUBuffer>;
  #recording: Recording;
  #output: Temporary;
  #staging: Staging;
  #bound: Bound | undefined;
  /** Until then nothing had moved. */
  #inPlace = -1;

  constructor(
    kernels: WebgpuKernels,
    memory: ReplayMemory<GPUBuffer>,
    recording: Recording,
    output: Temporary,
  ) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#recording = recording;
    this.#output = output;
    output.last = recording.dispatches.length;
    this.#staging = new Staging(kernels.backend.device, output.size);
  }

  run(): Promise<Float32Array> | undefined {
    if (!this.#isInPlace()) return undefined;
    const { device } = this.#kernels.backend;
    // What others have appended comes first: it sees the tensors as they were.
    this.#kernels.flush();
    this.#bound ??= this.#bind();
    const { uploads, output, submissions } = this.#bound;
    uploads.write();
    const staging = this.#staging.take();
    submissions.forEach((dispatches, i) => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const { pipeline, bindGroup, x, y, z } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(x, y, z);
      }
      pass.end();
      if (i === submissions.length - 1) encoder.copyBufferToBuffer(output, 0, staging, 0, this.#output.size);
      device.queue.submit([encoder.finish()]);
    });
    return this.#staging.read(staging);
  }

  dispose(): void {
    this.#staging.dispose();
    if (!this.#bound) return;
    this.#memory.release(this.#bound.memory);
    this.#bound.uploads.dispose();
    this.#bound = undefined;
  }

  /** Whether all tensors of before the run lie where they lay, and no gradient lies where the run writes its own. */
  #isInPlace(): boolean {
    const { regions, hasGradients } = this.#kernels;
    if (this.#inPlace === regions.changes) return true;
    if (hasGradients) return false;
    for (const [dataId, place] of this.#recording.places) {
      if (!this.#kernels.isAt(dataId, place)) return false;
    }
    this.#inPlace = regions.changes;
    return true;
  }

  #bind(): Bound {
    const { backend } = this.#kernels;
    const { temporaries, feeds, dispatches } = this.#recording;
    // What tfjs keeps for its next step is not needed for that.
    emptyPool(backend);
    const { blockOf, sizes } = shareMemory(temporaries);
    const memory = this.#memory.acquire(sizes);
    const uploads = new Uploads(backend.device, feeds, dispatches);
    const bufferOf = new Map(temporaries.map((one, i) => [one, memory[blockOf[i] as number] as GPUBuffer]));
    const bindingOf = (operand: RecordedOperand): GPUBufferBinding => {
      if (!('kind' in operand)) return operand;
      if (operand.kind === 'fed') return uploads.bindingOf(operand);
      return { buffer: bufferOf.get(operand) as GPUBuffer, size: operand.size };
    };
    const bound = dispatches.map((dispatch) => this.#bindDispatch(dispatch, bindingOf, uploads));
    const perSubmission = tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE');
    const submissions: BoundDispatch[][] = [];
    while (bound.length > 0) submissions.push(bound.splice(0, perSubmission));
    return { uploads, memory, output: bufferOf.get(this.#output) as GPUBuffer, submissions };
  }

  #bindDispatch(
    dispatch: RecordedDispatch,
    bindingOf: (operand: RecordedOperand) => GPUBufferBinding,
    uploads: Uploads,
  ): BoundDispatch {
    const { plan, operands } = dispatch;
    const { pipeline, layout, uniforms } = this.#kernels.prepare(plan);
    const resources = operands.map(bindingOf);
    resources.push(uniforms ? { buffer: uniforms } : uploads.bindingOf(dispatch));
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    const [x, y = 1, z = 1] = plan.workgroups;
    return {
      pipeline,
      bindGroup: this.#kernels.backend.device.createBindGroup({ layout, entries }),
      x,
      y,
      z,
    };
  }
}
