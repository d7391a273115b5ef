import type { Operations } from '../../src/engine/kernels/operations';
import type { TrainingState } from '../../src/engine/training/trainer';
import type { PreviewSettings } from '../../src/settings/settings';
import { previewSteps } from '../../src/worker/preview';

/** Samples of the EMA weights as the page's preview draws them: from the same noise each time. */
export async function drawnSamples(
  { config, diffusion, ema }: TrainingState,
  operations: Operations,
  preview: PreviewSettings,
) {
  let images: Float32Array = new Float32Array();
  for await (const { x } of previewSteps({ config, diffusion, ema, operations }, preview)) images = x;
  return { images, count: preview.count, size: config.imageSize, channels: config.imageChannels };
}
