import type { Images } from '../data/dataset';
import type { OwnDataset, OwnFacts } from '../data/ownDataset';
import { CheckpointError } from './model';
import { readSafetensors, type WrittenTensor, writeSafetensors } from './safetensors';
import type { TensorFile } from './tensorFile';

/** Tensors of a bundle that hold the images it learned: levels [N, H, W, channels] and labels [N]. */
export const IMAGES = 'data.images';
export const LABELS = 'data.labels';

/** A bundle with the images of its data set beside the model. */
export function withImages(
  bundle: Uint8Array,
  { count, imageSize, channels }: Pick<OwnFacts, 'count' | 'imageSize' | 'channels'>,
  { levels, labels }: Images,
): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = readSafetensors(bundle);
  const all = new Map<string, WrittenTensor>(tensors);
  all.set(IMAGES, { shape: [count, imageSize, imageSize, channels], data: levels });
  all.set(LABELS, { shape: [count], data: labels });
  return writeSafetensors(all, metadata);
}

/** Bytes that these images take in a bundle. */
export function imageBytes(facts: Pick<OwnFacts, 'count' | 'imageSize' | 'channels'>): number {
  return facts.count * (facts.imageSize ** 2 * facts.channels + 1);
}

/** The data set in a bundle, as a copy; null where it has no images. Throws CheckpointError where they are not what its facts say. */
export function imagesIn(file: TensorFile, facts: OwnFacts): OwnDataset | null {
  if (!file.entries.has(IMAGES)) return null;
  const { count, imageSize, channels, classNames } = facts;
  const bytesOf = (name: string, shape: readonly number[]) => {
    const entry = file.entries.get(name);
    if (entry?.dtype !== 'U8' || String(entry.shape) !== String(shape))
      throw new CheckpointError(
        `The images of “${facts.title}” in the file are damaged: '${name}' must be [${shape}] in U8.`,
      );
    return (file.read([name]).get(name) as { data: Uint8Array }).data.slice();
  };
  const levels = bytesOf(IMAGES, [count, imageSize, imageSize, channels]);
  const labels = bytesOf(LABELS, [count]);
  if (count === 0 || labels.some((label) => label >= classNames.length))
    throw new CheckpointError(
      `The images of “${facts.title}” in the file are damaged: a label names no class.`,
    );
  return { ...facts, levels, labels };
}
