import { applyPalette, GIFEncoder, type Palette, quantize } from 'gifenc';
import { betweenFrames, type EncodedFile, type EncodingJob, framePixels, frameSize } from './encoding';

/** Times of a GIF are hundredths of a second, and viewers slow down what is faster than 25 frames a second or so. */
export const gifTiming = { perSecond: 25, tick: 10 };

const greys: Palette = Array.from({ length: 256 }, (_, level) => [level, level, level]);

/** A GIF that repeats for ever. Grey images keep all their levels; of RGB ones each frame has 256 colours of its own. */
export async function encodeGif(job: EncodingJob): Promise<EncodedFile> {
  const { frames, layout } = job;
  const { channels } = layout;
  const { width, height } = frameSize(job);
  const encoder = GIFEncoder();
  for (const [i, frame] of frames.entries()) {
    const { milliseconds: delay } = frame;
    await betweenFrames(job, i);
    const rgba = framePixels(job, frame);
    if (channels === 1) {
      const levels = new Uint8Array(width * height).map((_, pixel) => rgba[4 * pixel] as number);
      // What has no palette of its own takes that of the first frame.
      encoder.writeFrame(levels, width, height, { delay, ...(i === 0 && { palette: greys, repeat: 0 }) });
    } else {
      const palette = quantize(rgba, 256);
      encoder.writeFrame(applyPalette(rgba, palette), width, height, { delay, palette, repeat: 0 });
    }
  }
  encoder.finish();
  return { bytes: encoder.bytes(), extension: 'gif', type: 'image/gif' };
}
