import { useMemo } from 'react';
import { Random } from '../../engine/training/random';
import { useStore } from '../../store/store';

/** The picked example and the noise that is added to it, both HWC. */
export interface Example {
  x0: Float32Array;
  noise: Float32Array;
  size: number;
  channels: number;
  /** Its class, −1 for none. */
  label: number;
  className: string;
}

/** The example of the forward panel; none until a data set is there. */
export function useExample(): Example | null {
  const data = useStore((state) => state.dataset.data);
  const index = useStore((state) => state.values.forward.exampleIndex);
  const seed = useStore((state) => state.values.forward.noiseSeed);
  return useMemo(() => {
    if (!data || index >= data.count) return null;
    const { imageSize: size, channels } = data;
    const length = size * size * channels;
    return {
      x0: data.images.subarray(index * length, (index + 1) * length),
      noise: new Random(seed).normal(length),
      size,
      channels,
      label: data.labels[index] ?? -1,
      className: data.classNames[data.labels[index] as number] ?? '',
    };
  }, [data, index, seed]);
}
