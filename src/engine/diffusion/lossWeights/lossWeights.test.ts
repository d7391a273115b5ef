import { describe, expect, it } from 'vitest';
import { droppedWeight } from '../bound';
import { createDiffusion, signalToNoise } from '../diffusion';
import { qSample } from '../forward';
import { type ObjectiveId, objectives } from '../objectives/objectives';
import { lossWeights, lossWeightsOf } from './lossWeights';

const diffusion = createDiffusion('cosine', 400);
const ids = Object.keys(objectives) as ObjectiveId[];

describe('loss weights', () => {
  it('of min-SNR are those of the paper for ε, x₀ and v', () => {
    const [epsilon, x0, v] = (['epsilon', 'x0', 'v'] as const).map((id) =>
      lossWeightsOf(diffusion, id, 'minSnr', 5),
    );
    for (let t = 0; t < 400; t++) {
      const snr = signalToNoise(diffusion, t);
      expect(epsilon?.[t]).toBeCloseTo(Math.min(snr, 5) / snr, 10);
      expect(x0?.[t]).toBeCloseTo(Math.min(snr, 5), 10);
      expect(v?.[t]).toBeCloseTo(Math.min(snr, 5) / (snr + 1), 10);
    }
  });

  it.each(['vlb', 'minSnr'] as const)(
    'of %s weigh the same mistake the same, whatever is predicted',
    (id) => {
      for (const t of [3, 120, 390]) {
        const [s, n] = [
          Math.sqrt(diffusion.alphaBar[t] as number),
          Math.sqrt(1 - (diffusion.alphaBar[t] as number)),
        ];
        const [x0, eps] = [0.4, -0.7];
        const xt = qSample(diffusion, Float32Array.of(x0), t, Float32Array.of(eps))[0] as number;
        const wrong = 0.1;
        const losses = ids.map((objective) => {
          const { target, toX0 } = objectives[objective];
          const [ofX0, ofEps] = target(s, n);
          const truth = ofX0 * x0 + ofEps * eps;
          // The prediction by which x̂₀ is off by `wrong`.
          const [ofX, ofPrediction] = toX0(s, n);
          const prediction = (x0 + wrong - ofX * xt) / ofPrediction;
          return (lossWeightsOf(diffusion, objective, id)[t] as number) * (truth - prediction) ** 2;
        });
        const scale = id === 'minSnr' ? 1 : meanOf('epsilon');
        expect((losses[0] as number) * scale).toBeGreaterThan(0);
        for (const [i, objective] of ids.entries()) {
          // What is scaled to a mean of 1 is compared before that.
          const own = id === 'minSnr' ? 1 : meanOf(objective);
          expect(((losses[i] as number) * own) / ((losses[0] as number) * scale)).toBeCloseTo(1, 3);
        }
      }
    },
  );

  it('of the bound are what L_simple drops, at a mean of 1', () => {
    const weights = lossWeightsOf(diffusion, 'epsilon', 'vlb');
    expect(weights.reduce((sum, weight) => sum + weight, 0) / 400).toBeCloseTo(1, 10);
    const ratio = (t: number) => (weights[t] as number) / droppedWeight(diffusion, t, 'beta');
    expect(ratio(300) / ratio(5)).toBeCloseTo(1, 10);
  });

  it('are finite and above 0 for every schedule, even one that ends in pure noise', () => {
    for (const schedule of ['linear', 'cosine', 'sigmoid', 'zeroTerminal', 'straight']) {
      for (const id of Object.keys(lossWeights)) {
        for (const objective of ids) {
          const weights = lossWeightsOf(createDiffusion(schedule, 100), objective, id);
          expect(
            weights.every((weight) => weight > 0 && Number.isFinite(weight)),
            `${schedule} ${id}`,
          ).toBe(true);
        }
      }
    }
  });

  it('refuse an unknown id, and a γ that is not above 0', () => {
    expect(() => lossWeightsOf(diffusion, 'v', 'constructor')).toThrow(/There is no loss weight/);
    expect(() => lossWeightsOf(diffusion, 'v', 'minSnr', 0)).toThrow(/γ must be above 0/);
  });
});

function meanOf(objective: ObjectiveId): number {
  const factor = {
    epsilon: () => 1,
    x0: (snr: number) => snr,
    v: (snr: number) => snr / (snr + 1),
    flow: (snr: number) => snr / (1 + Math.sqrt(snr)) ** 2,
  }[objective];
  let sum = 0;
  for (let t = 0; t < 400; t++)
    sum += droppedWeight(diffusion, t, 'beta') * factor(signalToNoise(diffusion, t));
  return sum / 400;
}
