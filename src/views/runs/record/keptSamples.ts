import { fromBase64url, toBase64url } from '../../../engine/base64url';
import { imageBytes } from '../../../engine/data/imageBytes';
import type { Preview } from '../../../store/trainingState';
import type { Images } from '../../../ui/canvasGrid/images';

/** Samples from the same noise after some step of a run, as text. */
export interface KeptSample {
  step: number;
  count: number;
  size: number;
  channels: number;
  /** One byte a value, base64url. */
  images: string;
}

/** Images kept of each preview, and the most bytes that they take. */
const IMAGES = 16;
const BYTES = 64 * 1024;
/** Steps between kept previews double where there would be more of them. */
const MOST = 24;

/** A preview as a run keeps it: its first images. */
export function keptSample({ step, images, count, size, channels }: Preview): KeptSample {
  const values = size * size * channels;
  const kept = Math.max(1, Math.min(count, IMAGES, Math.floor(BYTES / values)));
  const bytes = imageBytes(images.subarray(0, kept * values));
  return { step, count: kept, size, channels, images: toBase64url(new Uint8Array(bytes.buffer)) };
}

/** The images of a kept sample, to draw. */
export function imagesOf({ images, count, size, channels }: KeptSample): Images {
  return { images: new Uint8ClampedArray(fromBase64url(images).buffer), count, size, channels };
}

/** The sample that shows a run at a step: the last one up to it, else the first; undefined where there is none. */
export function sampleAt(samples: readonly KeptSample[], step: number): KeptSample | undefined {
  return samples.findLast((sample) => sample.step <= step) ?? samples[0];
}

/**
 * With a newer sample. Of every interval of w steps the first sample stays, and the newest of all; w is the least
 * 10·2^k that keeps few enough, so that runs of about the same length keep samples of about the same steps.
 */
export function withSample(samples: readonly KeptSample[], newest: KeptSample): KeptSample[] {
  const all = [...samples.filter(({ step }) => step < newest.step), newest];
  for (let width = 1; ; width = width === 1 ? 10 : 2 * width) {
    const slot = ({ step }: KeptSample) => Math.floor(step / width);
    const kept = all.filter((sample, i) => {
      const before = all[i - 1];
      return sample === newest || before === undefined || slot(before) !== slot(sample);
    });
    if (kept.length <= MOST) return kept;
  }
}
