import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_VERY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import { betweenFrames, type EncodedFile, type EncodingJob, framePixels, frameSize } from './encoding';

export const videoTiming = { perSecond: 30, tick: 1 };

/** H.264 in MP4 plays everywhere; where the browser cannot encode it, VP9 or VP8 in WebM. Throws where it can do neither. */
export async function encodeVideo(job: EncodingJob): Promise<EncodedFile> {
  const { frames, signal } = job;
  const size = frameSize(job);
  const { width, height } = size;
  const mp4 = await getFirstEncodableVideoCodec(['avc'], size);
  const codec = mp4 ?? (await getFirstEncodableVideoCodec(['vp9', 'vp8', 'av1'], size));
  if (!codec) {
    throw new Error(
      `This browser cannot encode a video of ${width}×${height} pixels: take a smaller scale, or a GIF.`,
    );
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  const source = new CanvasSource(canvas, { codec, quality: QUALITY_VERY_HIGH });
  const target = new BufferTarget();
  const output = new Output({ format: mp4 ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  output.addVideoTrack(source);
  try {
    await output.start();
    let at = 0;
    for (const [i, frame] of frames.entries()) {
      const { milliseconds } = frame;
      await betweenFrames(job, i);
      context.putImageData(new ImageData(framePixels(job, frame), width, height), 0, 0);
      await source.add(at / 1000, milliseconds / 1000);
      at += milliseconds;
    }
    // A frame at the very end makes every player show the last image for its whole time.
    await source.add(at / 1000 - 0.001, 0.001);
    await output.finalize();
    signal.throwIfAborted();
  } catch (error) {
    if (output.state !== 'finalized') await output.cancel();
    throw error;
  }
  const extension = mp4 ? 'mp4' : 'webm';
  return { bytes: new Uint8Array(target.buffer as ArrayBuffer), extension, type: `video/${extension}` };
}
