import * as v from 'valibot';
import { plainName } from '../names';
import type { Augmentation } from './augmentation';
import { type Dataset, type DatasetFacts, type Images, toImages } from './dataset';

/** Names a data set that someone brought or drew. */
export type OwnDatasetId = `own:${string}`;

export interface OwnFacts extends DatasetFacts {
  id: OwnDatasetId;
  augmentation: Augmentation;
}

/** A data set of the user's own; levels 0 … 255. */
export interface OwnDataset extends OwnFacts, Images {}

export function isOwnDatasetId(id: string): id is OwnDatasetId {
  return /^own:[\w-]+$/.test(id);
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.transform(plainName));

/** Facts as storages keep them. */
export const ownFactsSchema = v.object({
  id: v.custom<OwnDatasetId>((id) => typeof id === 'string' && isOwnDatasetId(id)),
  title: name,
  count: whole,
  imageSize: v.pipe(whole, v.minValue(1)),
  channels: v.picklist([1, 3]),
  classNames: v.array(name),
  augmentation: v.object({ flipAcross: v.boolean(), flipDown: v.boolean(), shift: whole }),
});

/** A name that no other data set has, by chance. */
export function newOwnDatasetId(): OwnDatasetId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `own:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Its images in the value range of diffusion. Throws where they are not what the facts say. */
export function openOwnDataset({ title, levels, labels, ...facts }: OwnDataset): Dataset {
  const { count, imageSize, channels, classNames } = facts;
  const whole = levels.length === count * imageSize ** 2 * channels && labels.length === count && count > 0;
  if (!whole || labels.some((label) => label >= classNames.length))
    throw new Error(`The images of “${title}” are damaged: delete it and bring them in again.`);
  return { images: toImages(levels, 255), labels, count, imageSize, channels, classNames };
}
