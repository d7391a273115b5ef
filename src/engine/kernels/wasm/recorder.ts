import type * as tf from '@tensorflow/tfjs';
import { type Recorder, recordWith } from '../replay/recorder';
import { ReplayMemory } from '../replay/replayMemory';
import type { WasmKernels } from './kernels';
import { Recording, type Temporary } from './recording';
import { type MemoryBlock, WasmReplay } from './replay';

/** Records what the compiled kernels of one backend run. */
export class WasmRecorder implements Recorder {
  #kernels: WasmKernels;
  #memory: ReplayMemory<MemoryBlock>;

  constructor(kernels: WasmKernels) {
    const { wasm } = kernels.backend;
    this.#kernels = kernels;
    this.#memory = new ReplayMemory<MemoryBlock>(
      (size) => ({ address: wasm._malloc(size), size }),
      ({ address }) => wasm._free(address),
    );
  }

  record(work: () => tf.Tensor) {
    const recording = new Recording(this.#kernels.backend);
    const replayOf = (output: Temporary) => new WasmReplay(this.#kernels, this.#memory, recording, output);
    return recordWith(this.#kernels, recording, work, replayOf);
  }
}
