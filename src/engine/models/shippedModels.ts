import type { DatasetId, ShippedDatasetId } from '../data/datasets';
import type { ModelConfig } from '../unet/config';

/** A trained model that ships with the page. */
export interface ShippedModel {
  title: string;
  dataset: ShippedDatasetId;
  /** In what its config differs from the default one of its data set. */
  config: Partial<ModelConfig>;
  /** Name of the file in `public/models`: EMA weights as float16, what trained them in its metadata. */
  file: string;
  /** Training steps behind it. */
  steps: number;
  /** Whether it learned from the images that data/split holds out, too. */
  sawHeldOut: boolean;
}

/** All of them by id. `tools/models/make.ts` trains them. */
export const shippedModels = {
  digits: {
    title: 'Digits',
    dataset: 'digits',
    config: {},
    file: 'digits.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
  digitsByClass: {
    title: 'Digits by class',
    dataset: 'digits',
    config: { nClasses: 10 },
    file: 'digits-by-class.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
  fashionByClass: {
    title: 'Fashion by class',
    dataset: 'fashion-16',
    config: { nClasses: 10 },
    file: 'fashion-by-class.safetensors',
    steps: 8000,
    sawHeldOut: false,
  },
  emojiByClass: {
    title: 'Emoji by class',
    dataset: 'emoji',
    config: { nClasses: 13 },
    file: 'emoji-by-class.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
} satisfies Record<string, ShippedModel>;

export type ShippedModelId = keyof typeof shippedModels;

/** The model that ships for a data set, told no classes or told them; null where there is none. */
export function shippedModelFor(dataset: DatasetId, byClass = false): ShippedModelId | null {
  const ids = Object.keys(shippedModels) as ShippedModelId[];
  const fits = ({ dataset: learned, config }: ShippedModel) =>
    learned === dataset && (config.nClasses ?? 0) > 0 === byClass;
  return ids.find((id) => fits(shippedModels[id])) ?? null;
}
