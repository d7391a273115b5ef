import { describe, expect, it } from 'vitest';
import { createDiffusion } from '../../../engine/diffusion/diffusion';
import type { Condition } from '../../../engine/diffusion/guidance';
import type { StudyEnvironment } from '../../../engine/study/study';
import { predicting, type TimePrediction } from './study';

const x0 = Float32Array.of(1, -1);
const noise = Float32Array.of(0.5, 2);
const diffusion = createDiffusion('linear', 100);

/** A network that answers with what it is asked. */
function environment(nClasses = 0) {
  const told: (readonly Condition[] | null)[] = [];
  const echo = (conditions: readonly Condition[] | null) => async (xt: Float32Array) => {
    told.push(conditions);
    return xt;
  };
  const one = { config: { nClasses }, diffusion, denoise: echo(null), denoiseAs: echo };
  return { told, environment: one as unknown as StudyEnvironment };
}

async function ask(label: number, nClasses: number, until = 9) {
  const { told, environment: place } = environment(nClasses);
  const heard: TimePrediction[] = [];
  const done = await predicting(place, { x0, noise, label, times: [99, 0, 49] }, async (report) => {
    heard.push(report);
    return heard.length < until;
  });
  return { told, heard, done };
}

describe('predictions along the way', () => {
  it('are asked of x_t at every t, in the order that was wanted', async () => {
    const { told, heard, done } = await ask(-1, 0);
    expect(heard.map(({ t }) => t)).toEqual([99, 0, 49]);
    expect([done, told]).toEqual([3, [null, null, null]]);
    // By hand: ᾱ of 1 − β at the first step, β = 10⁻⁴.
    const [signal, spread] = [Math.sqrt(1 - 1e-4), Math.sqrt(1e-4)];
    expect(heard[1]?.eps[0]).toBeCloseTo(signal * 1 + spread * 0.5, 5);
    expect(heard[1]?.eps[1]).toBeCloseTo(-signal + spread * 2, 5);
  });

  it('end where no more are wanted', async () => {
    const { heard, done } = await ask(-1, 0, 2);
    expect([heard.length, done]).toEqual([2, 2]);
  });

  it('tell a model of classes the class, and no guidance', async () => {
    expect((await ask(3, 10)).told).toEqual(Array(3).fill([{ label: 3, guidance: 0 }]));
    expect((await ask(12, 10)).told, 'a class it does not know').toEqual([null, null, null]);
  });
});
