import { describe, expect, it } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import type { StudyEnvironment } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import { type BoundReport, bound } from './study';

const diffusion = createDiffusion('linear', 200);

/** Images of 2×2 whose pixels are independent: white or black, each as likely. */
function means(count: number): StudyEnvironment {
  const images = new Random(1).normal(count * 4).map((value) => (value > 0 ? 1 : -1));
  const dataset = {
    ...{ id: 'digits', images, count, imageSize: 2, channels: 1, white: 16 },
    ...{ labels: new Uint8Array(count), classNames: ['all'] },
  };
  // The exact guess: x̂₀ = tanh(√ᾱ x_t / (1 − ᾱ)).
  const denoise: StudyEnvironment['denoise'] = async (x, t) => {
    const alphaBar = diffusion.alphaBar[t] as number;
    const s = Math.sqrt(alphaBar);
    return x.map((value) => (value - s * Math.tanh((s * value) / (1 - alphaBar))) / Math.sqrt(1 - alphaBar));
  };
  const config = { imageSize: 2, imageChannels: 1 };
  return {
    diffusion,
    denoise,
    config,
    sawHeldOut: false,
    dataset: () => dataset,
  } as unknown as StudyEnvironment;
}

const request = { stretches: 199, pictures: 100, variance: 'betaTilde', clipX0: true, seed: 3 } as const;

describe('the bound of pixels that are black or white', () => {
  it('is a little more than the bit that each of them is', async () => {
    const reports: BoundReport[] = [];
    const result = await bound(means(1000), request, async (report) => reports.push(report) > 0);
    expect(reports.map(({ done }) => done)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(result).toMatchObject({ pictures: 100, levels: 17, sawHeldOut: false });
    const steps = result.terms.reduce((sum, { count, nats }) => sum + count * nats, 0);
    const bits = (result.prior.nats + steps) / Math.LN2;
    expect(bits).toBeGreaterThan(0.95);
    expect(bits).toBeLessThan(1.25);
  });

  it('comes out about the same by a few stretches, and ends where nobody listens', async () => {
    const total = async (stretches: number, seed: number) => {
      const { prior, terms } = await bound(means(1000), { ...request, stretches, seed }, async () => true);
      return prior.nats + terms.reduce((sum, { count, nats }) => sum + count * nats, 0);
    };
    const few = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => total(25, seed)));
    const mean = few.reduce((sum, value) => sum + value, 0) / few.length;
    expect(Math.abs(mean / (await total(199, 9)) - 1)).toBeLessThan(0.15);
    const cut = await bound(means(1000), request, async ({ done }) => done < 3);
    expect(cut.terms.length).toBe(3);
  });

  it('needs images that were held out', async () => {
    await expect(bound(means(50), request, async () => true)).rejects.toThrow(/are held out for evaluation/);
  });
});
