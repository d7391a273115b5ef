import type { AdamEmaSettings } from '../operations';
import { real, type WasmKernels } from '../wasm/kernels';
import type { AdamEmaUpdater } from './adamEma';

/** Elements of one unit of work. */
const CHUNK = 8192;

/** adamEma on wasm: all parameters in one job, in place. */
export function adamEmaOnWasm(kernels: WasmKernels): AdamEmaUpdater {
  return (updates, settings) => {
    const rows = updates.flatMap(({ parameter, gradient, m, v, ema }) =>
      Array.from({ length: Math.ceil(parameter.size / CHUNK) }, (_, chunk) => {
        const first = chunk * CHUNK;
        return {
          pointers: [parameter, gradient, m, v, ema].map((tensor) => ({ tensor, bytes: 4 * first })),
          values: [Math.min(CHUNK, parameter.size - first)],
        };
      }),
    );
    kernels.run('adamEma', rows.length, [{ rows }], () => valuesOf(settings));
  };
}

function valuesOf({ learningRate, beta1, beta2, epsilon, step, emaDecay }: AdamEmaSettings): number[] {
  return [
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    learningRate / (1 - beta1 ** step),
    1 / Math.sqrt(1 - beta2 ** step),
    epsilon,
    emaDecay,
    1 - emaDecay,
  ].map(real);
}
