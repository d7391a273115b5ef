import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { objectives } from '../../engine/diffusion/objectives/objectives';
import { reverseStep } from '../../engine/diffusion/reverseStep';
import { Random } from '../../engine/training/random';
import { symbolsOf } from './symbols';
import { type QuantityName, workedBetaTilde, workedEquations } from './workedEquations';

const diffusion = createDiffusion('linear', 1000);
const names = Object.keys(workedEquations) as QuantityName[];

/** What stands left of the last "=" computed, and what stands right of it. */
function sidesOf(label: string): [number, number] {
  expect(label).not.toMatch(/(^|[^e])-/);
  const [left = '', right = ''] = label.replaceAll('−', '-').split(' cut to ')[0]?.split(' = ') ?? [];
  expect(left).toMatch(/^[\d\s.e+()×/-]+$/);
  return [
    Number(
      new Function(
        `return ${left
          .replaceAll('×', '*')
          .replaceAll(') (', ') * (')
          .replace(/(\d) \(/g, '$1 * (')}`,
      )(),
    ),
    Number(right),
  ];
}

describe.each(Object.keys(objectives))('worked equations where the model predicts %s', (objective) => {
  const random = new Random(5);
  const [x0, noise, eps, z] = [
    random.normal(4).map(Math.tanh),
    random.normal(4),
    random.normal(4),
    random.normal(4),
  ];

  it.each([1, 30, 999])('come out as they say at t = %i, and are typeset', (t) => {
    const choices = { variance: 'betaTilde', clipX0: true } as const;
    const step = reverseStep(diffusion, { x0, noise, eps, z, t }, choices);
    const guess = { x0, noise, eps, z, t, diffusion, objective, seed: 1, size: 2, channels: 1 };
    for (let at = 0; at < 4; at++) {
      const equations = names.map((name) => workedEquations[name]({ guess, step, clipX0: true, at }));
      for (const { tex, label } of [...equations, workedBetaTilde(step.constants)]) {
        expect(() =>
          katex.renderToString(tex, { throwOnError: true, trust: true, strict: false }),
        ).not.toThrow();
        if (!label.includes('=')) continue;
        const [left, right] = sidesOf(label);
        expect(Math.abs(left - right), label).toBeLessThan(2e-3 * Math.max(1, Math.abs(right)));
      }
    }
    for (const { tex } of Object.values(symbolsOf(objective, { clipX0: true }))) {
      expect(() =>
        katex.renderToString(tex, { throwOnError: true, trust: true, strict: false }),
      ).not.toThrow();
    }
  });
});
