import type * as tf from '@tensorflow/tfjs';

/** A computation as a backend's own list of commands: no tensors, no tape. */
export interface Replay {
  /**
   * Runs it with what its feeds and live values say now, and resolves with the values of its output. Undefined, and nothing
   * has run, where the tensors that it starts from are no longer where they were.
   */
  run(): Promise<Float32Array> | undefined;
  /** Gives up its memory; results that are on their way still arrive. */
  dispose(): void;
}

/** What a backend has for computations that are repeated. */
export interface Recorder {
  /**
   * Runs `work` through tfjs, and returns its output and what repeats it; no replay where it did anything that cannot be
   * repeated, such as a stock kernel. `work` must not wait, and must depend on feeds, live values and tensors that exist
   * already, alone.
   */
  record(work: () => tf.Tensor): { output: tf.Tensor; replay: Replay | undefined };
}

/** What one run of a computation has asked of a backend's kernels. */
interface Recording<Temporary> {
  /** Why it cannot be repeated. */
  problem: string | undefined;
  temporaryOf(tensor: tf.TensorInfo): Temporary | undefined;
}

/** Runs `work` while `kernels` tell the recording what they do, and makes of it what repeats it. */
export function recordWith<Temporary, Of extends Recording<Temporary>>(
  kernels: { recording: Of | undefined },
  recording: Of,
  work: () => tf.Tensor,
  replayOf: (output: Temporary) => Replay,
): ReturnType<Recorder['record']> {
  kernels.recording = recording;
  try {
    const output = work();
    const result = recording.temporaryOf(output);
    return { output, replay: recording.problem || !result ? undefined : replayOf(result) };
  } finally {
    kernels.recording = undefined;
  }
}

const recorders = new Map<string, Recorder>();

/** Says how a backend ('wasm', 'webgpu') records. */
export function registerRecorder(backendName: string, recorder: Recorder): void {
  recorders.set(backendName, recorder);
}

/** The recorder of a backend, if it has one. */
export function recorderOf(backendName: string): Recorder | undefined {
  return recorders.get(backendName);
}
