import type { DatasetId, ShippedDatasetId } from '../data/datasets';
import type { SamplerId } from '../diffusion/samplers/samplers';
import type { SpacingId } from '../diffusion/samplers/spacings';
import type { ModelConfig } from '../unet/config';

/** Kinds of trained models; a data set has at most one of each, and draws from the first that it has. */
export const shippedOrigins = {
  shipped: { title: 'Pretrained' },
  shippedByClass: { title: 'By class' },
  shippedFlow: { title: 'Flow' },
  shippedOneStep: { title: 'One step' },
} as const;

export type ShippedOrigin = keyof typeof shippedOrigins;

/** A trained model that ships with the page. */
export interface ShippedModel {
  title: string;
  dataset: ShippedDatasetId;
  origin: ShippedOrigin;
  /** In what its config differs from the default one of its data set. */
  config: Partial<ModelConfig>;
  /** How it draws on opening, where that is not as most models do. */
  draws?: { sampler: SamplerId; steps: number; spacing: SpacingId };
  /** Name of the file in `public/models`: EMA weights as float16, what trained them in its metadata. */
  file: string;
  /** Training steps behind it. */
  steps: number;
  /** Whether it learned from the images that data/split holds out, too. */
  sawHeldOut: boolean;
}

/** What was the default when the first models for 8×8 and for 16×16 pixels were trained. */
const early8 = { nGroups: 32 };
const early16 = { schedule: 'linear', objective: 'epsilon' };

/** All of them by id. `tools/models/make.ts` trains them. */
export const shippedModels = {
  digits: {
    title: 'Digits',
    dataset: 'digits',
    origin: 'shipped',
    config: early8,
    file: 'digits.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
  digitsByClass: {
    title: 'Digits by class',
    dataset: 'digits',
    origin: 'shippedByClass',
    config: { ...early8, nClasses: 10 },
    file: 'digits-by-class.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
  digitsFlow: {
    title: 'Digits, flow',
    dataset: 'digits',
    origin: 'shippedFlow',
    config: { ...early8, objective: 'flow', schedule: 'straight' },
    draws: { sampler: 'flowMidpoint', steps: 4, spacing: 'noiseShare' },
    file: 'digits-flow.safetensors',
    steps: 10_127,
    sawHeldOut: false,
  },
  digitsOneStep: {
    title: 'Digits in one step',
    dataset: 'digits',
    origin: 'shippedOneStep',
    config: { ...early8, objective: 'flow', schedule: 'straight' },
    draws: { sampler: 'flowEuler', steps: 1, spacing: 'noiseShare' },
    file: 'digits-one-step.safetensors',
    steps: 4500,
    sawHeldOut: false,
  },
  fashionByClass: {
    title: 'Fashion by class',
    dataset: 'fashion-16',
    origin: 'shippedByClass',
    config: { ...early16, nClasses: 10 },
    file: 'fashion-by-class.safetensors',
    steps: 8000,
    sawHeldOut: false,
  },
  emojiByClass: {
    title: 'Emoji by class',
    dataset: 'emoji',
    origin: 'shippedByClass',
    config: { ...early16, nClasses: 13 },
    file: 'emoji-by-class.safetensors',
    steps: 10_000,
    sawHeldOut: false,
  },
  mnist16ByClass: {
    title: 'MNIST 16 by class',
    dataset: 'mnist-16',
    origin: 'shippedByClass',
    config: { ...early16, nClasses: 10 },
    file: 'mnist-16-by-class.safetensors',
    steps: 11_000,
    sawHeldOut: false,
  },
  mnist28ByClass: {
    title: 'MNIST 28 by class',
    dataset: 'mnist-28',
    origin: 'shippedByClass',
    config: { nClasses: 10, nFinalGroups: 8 },
    file: 'mnist-28-by-class.safetensors',
    steps: 3400,
    sawHeldOut: false,
  },
} satisfies Record<string, ShippedModel>;

export type ShippedModelId = keyof typeof shippedModels;

/** The model of a kind that ships for a data set; null where there is none. */
export function shippedModelFor(dataset: DatasetId, origin: ShippedOrigin): ShippedModelId | null {
  const ids = Object.keys(shippedModels) as ShippedModelId[];
  const fits = (model: ShippedModel) => model.dataset === dataset && model.origin === origin;
  return ids.find((id) => fits(shippedModels[id])) ?? null;
}

/** The kinds of models that a data set has, in order. */
export function shippedOriginsOf(dataset: DatasetId): ShippedOrigin[] {
  const origins = Object.keys(shippedOrigins) as ShippedOrigin[];
  return origins.filter((origin) => shippedModelFor(dataset, origin) !== null);
}
