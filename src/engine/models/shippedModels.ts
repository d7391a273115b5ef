import type { DatasetId } from '../data/datasets';

/** A trained model that ships with the page; its config is the default one of its data set. */
export interface ShippedModel {
  title: string;
  dataset: DatasetId;
  /** Name of the file in `public/models`: EMA weights as float16, what trained them in its metadata. */
  file: string;
  /** Training steps behind it, and the mean ε loss of the last thousand. */
  steps: number;
  loss: number;
  /** Whether it learned from the pictures that data/split holds out, too. */
  sawHeldOut: boolean;
}

/** All of them by id. `tools/models/make.ts` trains them. */
export const shippedModels = {
  digits: {
    title: 'Digits',
    dataset: 'digits',
    file: 'digits.safetensors',
    steps: 18_000,
    loss: 0.066,
    sawHeldOut: true,
  },
} satisfies Record<string, ShippedModel>;

export type ShippedModelId = keyof typeof shippedModels;

/** The model that ships for a data set; null where there is none. */
export function shippedModelFor(dataset: DatasetId): ShippedModelId | null {
  const ids = Object.keys(shippedModels) as ShippedModelId[];
  return ids.find((id) => shippedModels[id].dataset === dataset) ?? null;
}
