import { nextTask } from '../../../worker/nextTask';
import { captionHeight, withCaption } from './caption';
import { type FrameLayout, frameRgba, type TimedFrame } from './frames';

/** An animation to encode, and whoever waits for it. */
export interface EncodingJob {
  frames: readonly TimedFrame[];
  layout: FrameLayout;
  /** A line of text below a frame; none where it is left out. */
  caption?: ((frame: TimedFrame) => string) | undefined;
  /** How far it is, 0 … 1. */
  onProgress(share: number): void;
  /** Ends it early: the promise rejects with the signal's reason. */
  signal: AbortSignal;
}

/** A file as it will be saved. */
export interface EncodedFile {
  bytes: Uint8Array<ArrayBuffer>;
  extension: string;
  type: string;
}

/** Pixels of a frame with its caption. */
export function frameSize({ layout, caption }: EncodingJob): { width: number; height: number } {
  const { width, height } = layout;
  return { width, height: height + (caption ? captionHeight(layout) : 0) };
}

/** RGBA of a frame with its caption. */
export function framePixels({ layout, caption }: EncodingJob, frame: TimedFrame) {
  const rgba = frameRgba(frame.batch, layout);
  return caption ? withCaption(rgba, layout, caption(frame)) : rgba;
}

/** Between two frames: tells how far it is, lets the page live, and ends where that is wanted. */
export async function betweenFrames(
  { frames, onProgress, signal }: EncodingJob,
  done: number,
): Promise<void> {
  onProgress(done / frames.length);
  await nextTask();
  signal.throwIfAborted();
}
