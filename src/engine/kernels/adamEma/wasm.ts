import { real, type WasmKernels } from '../wasm/kernels';
import type { AdamEmaUpdater } from './adamEma';

/** Elements of one unit of work. */
const CHUNK = 8192;
const ENTRY_WORDS = 6;

/** adamEma on wasm: all parameters in one job, in place. */
export function adamEmaOnWasm(kernels: WasmKernels): AdamEmaUpdater {
  return (updates, { learningRate, beta1, beta2, epsilon, step, emaDecay }) => {
    const table: number[] = [];
    for (const { parameter, gradient, m, v, ema } of updates) {
      const addresses = [parameter, gradient, m, v, ema].map((tensor) => kernels.address(tensor));
      for (let first = 0; first < parameter.size; first += CHUNK) {
        for (const address of addresses) table.push(address + first * 4);
        table.push(Math.min(CHUNK, parameter.size - first));
      }
    }
    const place = kernels.reserve(table.length * 4);
    kernels.write(place, table);
    kernels.run('adamEma', table.length / ENTRY_WORDS, [
      place,
      real(beta1),
      real(1 - beta1),
      real(beta2),
      real(1 - beta2),
      real(learningRate / (1 - beta1 ** step)),
      real(1 / Math.sqrt(1 - beta2 ** step)),
      real(epsilon),
      real(emaDecay),
      real(1 - emaDecay),
    ]);
  };
}
