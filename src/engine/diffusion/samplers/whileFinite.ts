import { allFinite } from '../../allFinite';
import { defaultOptions, type Sampler } from './sampler';

/** The same sampler, which throws an Error at the first step whose numbers are not finite, and says which step. */
export function whileFinite(sampler: Sampler): Sampler {
  return async function* (settings) {
    const { timesteps, clipX0 } = { ...defaultOptions, ...settings };
    let taken = 0;
    const check = (values: Float32Array, what: string, t: number) => {
      if (allFinite(values)) return values;
      const where = `step ${taken + 1} of ${timesteps.length} (t = ${t})`;
      const advice = clipX0 ? 'Take' : 'Clip x̂₀, or take';
      throw new Error(
        `${what} NaN or infinite from ${where} on. ${advice} weights from before the training run diverged.`,
      );
    };
    const denoise: typeof settings.denoise = async (xt, t, v) =>
      check(await settings.denoise(xt, t, v), "The network's output is", t);
    for await (const step of sampler({ ...settings, denoise })) {
      check(step.x, 'The images are', step.t);
      yield step;
      taken++;
    }
  };
}
