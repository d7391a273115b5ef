import { nextTask } from '../../worker/nextTask';
import type { FrameLayout, TimedFrame } from './frames';

/** An animation to encode, and whoever waits for it. */
export interface EncodingJob {
  frames: readonly TimedFrame[];
  layout: FrameLayout;
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

/** Between two frames: tells how far it is, lets the page live, and ends where that is wanted. */
export async function betweenFrames(
  { frames, onProgress, signal }: EncodingJob,
  done: number,
): Promise<void> {
  onProgress(done / frames.length);
  await nextTask();
  signal.throwIfAborted();
}
