import type { ModelConfig } from '../engine/unet/config';

/** Network sizes to choose from, by the factor on the channels of the data set's default network. */
export const modelSizes = {
  small: { title: 'Small', factor: 1 / 2 },
  medium: { title: 'Medium', factor: 1 },
  large: { title: 'Large', factor: 2 },
} as const;

export type ModelSizeId = keyof typeof modelSizes;
type Width = Pick<ModelConfig, 'nChannels' | 'nGroups'>;
type Network = Width & Pick<ModelConfig, 'chMults' | 'isAttn' | 'nBlocks'>;

/** The network of a size, `normal` being the data set's default one. Groups of channels divide the width. */
export function networkOf(
  size: ModelSizeId,
  { nChannels, nGroups, chMults, isAttn, nBlocks }: Network,
): Network {
  const channels = Math.max(8, nChannels * modelSizes[size].factor);
  return { nChannels: channels, nGroups: Math.min(nGroups, channels), chMults, isAttn, nBlocks };
}

/** Which size a network has; null for one that was put together by hand. */
export function sizeOf(model: Network, normal: Network): ModelSizeId | null {
  const same = (one: Network) =>
    (Object.keys(one) as (keyof Network)[]).every((field) => String(one[field]) === String(model[field]));
  return (Object.keys(modelSizes) as ModelSizeId[]).find((size) => same(networkOf(size, normal))) ?? null;
}
