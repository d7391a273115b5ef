import { describe, expect, it } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import type { ReverseReport } from '../../engine/study/reverseReport';
import type { StudyEnvironment } from '../../engine/study/study';
import { imageToImage } from './imageToImage/study';
import { inpainting } from './inpainting/study';
import { interpolating } from './interpolation/study';

/** A model that takes every x for noise around an image of 0.25, of T = 50 steps. */
const diffusion = createDiffusion('linear', 50);
const denoise: StudyEnvironment['denoise'] = async (x, t) => {
  const alphaBar = diffusion.alphaBar[t] as number;
  return x.map((value) => (value - Math.sqrt(alphaBar) * 0.25) / Math.sqrt(1 - alphaBar));
};
const means = { diffusion, denoise } as unknown as StudyEnvironment;
const image = Float32Array.of(1, -1, 0.5);
const other = Float32Array.of(-1, -1, 0);
const way = { t: 39, sampler: 'ddim', steps: 8, seed: 1 } as const;
const common = {
  ...way,
  images: [image, other] as [Float32Array, Float32Array],
  noise: 'own',
  blend: 'linear',
} as const;

describe('the studies of the edit view', () => {
  it('tell every step with its images, and end in the last', async () => {
    const reports: ReverseReport[] = [];
    const tell = async (report: ReverseReport) => reports.push(report) > 0;
    const x = await interpolating(means, { ...common, lambdas: [0, 0.5, 1] }, tell);
    expect(reports.map(({ done, total }) => [done, total])).toEqual(
      Array.from({ length: 8 }, (_, i) => [i + 1, 8]),
    );
    expect(reports.at(-1)?.x).toEqual(x);
    // The model knows one image alone.
    for (const value of x ?? []) expect(value).toBeCloseTo(0.25, 4);
    expect(x?.length).toBe(9);
  });

  it('leave the images as they are where no noise is put on', async () => {
    const tell = async () => true;
    const still = { ...common, t: -1, steps: 0 };
    const mixed = await interpolating(means, { ...still, lambdas: [0, 0.5] }, tell);
    expect([...(mixed ?? [])]).toEqual([1, -1, 0.5, 0, -1, 0.25]);
    const copies = await imageToImage(means, { ...way, t: -1, steps: 0, image, count: 2 }, tell);
    expect([...(copies ?? [])]).toEqual([...image, ...image]);
  });

  it('give each variant noise of its own, the same again for the same seed', async () => {
    const strange = { ...means, denoise: async (x: Float32Array) => x.map(Math.sin) };
    const draw = (seed: number) =>
      imageToImage(strange, { ...way, image, count: 2, seed }, async () => true) as Promise<Float32Array>;
    const [first, again, second] = [await draw(1), await draw(1), await draw(2)];
    expect(first).toEqual(again);
    expect(first).not.toEqual(second);
    expect(first.slice(0, 3)).not.toEqual(first.slice(3));
  });

  it('keep what is known and draw what is not', async () => {
    const known = Uint8Array.of(1, 0, 1);
    const resampling = { steps: 10, resamplings: 2, jumpLength: 2 };
    const request = { image, known, count: 2, resampling, seed: 1 };
    const x = (await inpainting(means, request, async () => true)) as Float32Array;
    expect([x[0], x[2], x[3], x[5]]).toEqual([1, 0.5, 1, 0.5]);
    expect(x[1]).toBeCloseTo(0.25, 4);
  });

  it('end at once where nobody wants the rest', async () => {
    let calls = 0;
    const counting = {
      ...means,
      denoise: (x: Float32Array, t: number) => {
        calls++;
        return denoise(x, t);
      },
    };
    const enough = async () => false;
    expect(await interpolating(counting, { ...common, lambdas: [0.5] }, enough)).toBeNull();
    expect(await imageToImage(counting, { ...way, image, count: 2 }, enough)).toBeNull();
    const resampling = { steps: 10, resamplings: 2, jumpLength: 2 };
    const request = { image, known: Uint8Array.of(1, 0, 0), count: 2, resampling, seed: 1 };
    expect(await inpainting(counting, request, enough)).toBeNull();
    expect(calls).toBe(3);
  });
});
