import type * as tf from '@tensorflow/tfjs';
import { type Recorder, recordWith } from '../replay/recorder';
import { ReplayMemory } from '../replay/replayMemory';
import type { WebgpuKernels } from './kernels';
import { Recording, type Temporary } from './recording';
import { WebgpuReplay } from './replay';

/** Records what the kernels of one backend run. */
export class WebgpuRecorder implements Recorder {
  #kernels: WebgpuKernels;
  #memory: ReplayMemory<GPUBuffer>;

  constructor(kernels: WebgpuKernels) {
    this.#kernels = kernels;
    const { device } = kernels.backend;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    this.#memory = new ReplayMemory<GPUBuffer>(
      (size) => device.createBuffer({ size, usage }),
      (buffer) => buffer.destroy(),
    );
  }

  record(work: () => tf.Tensor) {
    const recording = new Recording(this.#kernels.backend);
    const replayOf = (output: Temporary) => new WebgpuReplay(this.#kernels, this.#memory, recording, output);
    return recordWith(this.#kernels, recording, work, replayOf);
  }
}
