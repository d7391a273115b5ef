import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** Waits until the current backend has computed `last` and all that was asked of it before. */
export async function finished(last: tf.Tensor): Promise<void> {
  if (tf.getBackend() !== 'webgpu') {
    await last.data();
    return;
  }
  const backend = tf.backend() as WebGPUBackend;
  // There is no encoder where nothing was asked since the last submission.
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}
