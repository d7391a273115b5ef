import type { Activation } from './activations';

/** What a channel shows over all pixels and images. */
export interface ChannelStatistics {
  mean: number;
  /** Standard deviation. */
  spread: number;
  /** Whether it tells (nearly) nothing of the image: its spread is under 1 % of the block's. */
  dead: boolean;
}

/** Spread of a dead channel, as a share of the root mean square spread of the block's channels. */
const DEAD_SHARE = 0.01;

/** Statistics of each channel of maps `[N,C,H,W]`. */
export function channelStatistics({ shape, data }: Activation): ChannelStatistics[] {
  const [images, channels, height, width] = shape as [number, number, number, number];
  const area = height * width;
  const count = images * area;
  const moments = Array.from({ length: channels }, (_, channel) => {
    const planes = Array.from({ length: images }, (_, image) => {
      const start = (image * channels + channel) * area;
      return data.subarray(start, start + area);
    });
    const over = (f: (value: number) => number) =>
      planes.reduce((sum, plane) => plane.reduce((total, value) => total + f(value), sum), 0) / count;
    const mean = over((value) => value);
    return { mean, spread: Math.sqrt(over((value) => (value - mean) ** 2)) };
  });
  const whole = Math.sqrt(moments.reduce((sum, { spread }) => sum + spread ** 2, 0) / channels);
  return moments.map(({ mean, spread }) => ({ mean, spread, dead: spread <= DEAD_SHARE * whole }));
}
