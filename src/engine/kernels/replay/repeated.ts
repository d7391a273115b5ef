import * as tf from '@tensorflow/tfjs';
import { fusedOperations } from '../fused';
import type { Operations } from '../operations';
import { type Recorder, type Replay, recorderOf } from './recorder';

/** Runs that are recorded in vain before it is given up: what cannot be replayed once rarely can later. */
const ATTEMPTS = 3;

/**
 * A computation of fixed shapes that runs again and again. The first run goes through tfjs, since many a computation has no
 * other; the second is recorded; from the third on the backend repeats it, as long as its tensors stay where they are.
 */
export class Repeated<Input extends object> {
  #work: () => tf.Tensor;
  #input = {} as Input;
  #canReplay: boolean;
  #runs = 0;
  #attempts = 0;
  #recorder: Recorder | undefined;
  #replay: Replay | undefined;

  /**
   * `work` gets an object whose fields are those of the run's input, and reads them in feeds and live values only.
   */
  constructor(operations: Operations, work: (input: Input) => tf.Tensor) {
    this.#work = () => tf.tidy(() => work(this.#input));
    this.#canReplay = canReplay(operations);
  }

  /** Whether the next run is likely to be a replay. */
  get isReplayed(): boolean {
    return this.#replay !== undefined;
  }

  /** The values of the output. Throws, or rejects, where the backend's memory does not suffice. */
  run(input: Input): Promise<Float32Array> {
    Object.assign(this.#input, input);
    return this.#repeat() ?? read(this.#trace());
  }

  dispose(): void {
    this.#replay?.dispose();
    this.#replay = undefined;
  }

  #repeat(): Promise<Float32Array> | undefined {
    if (!this.#replay) return undefined;
    // A backend that was started anew has another recorder.
    const result = this.#recorder === recorderOf(tf.getBackend()) ? this.#replay.run() : undefined;
    if (!result) this.dispose();
    return result;
  }

  #trace(): tf.Tensor {
    const recorder = this.#canReplay ? recorderOf(tf.getBackend()) : undefined;
    if (!recorder || this.#runs++ === 0 || this.#attempts === ATTEMPTS) return this.#work();
    const { output, replay } = recorder.record(this.#work);
    this.#recorder = recorder;
    this.#replay = replay;
    this.#attempts = replay ? 0 : this.#attempts + 1;
    return output;
  }
}

/** Only the fused operations themselves are replayed: what wraps them wants to see every call. */
export const canReplay = (operations: Operations) => operations === fusedOperations;

async function read(output: tf.Tensor): Promise<Float32Array> {
  try {
    return Float32Array.from(await output.data());
  } finally {
    output.dispose();
  }
}
