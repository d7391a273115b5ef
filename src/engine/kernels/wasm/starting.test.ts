import { afterEach, expect, test, vi } from 'vitest';
import { emptyModule, moduleThatLacksAnImport } from '../../../testing/wasmModules';
import { instantiateKernels } from './module';
import { startThread, whenReady } from './poolThread';

const memory = new WebAssembly.Memory({ initial: 1 });

afterEach(() => {
  vi.useRealTimers();
});

test('kernels that were compiled from older sources are refused, with what to do', async () => {
  const older = new WebAssembly.Module(emptyModule);
  await expect(instantiateKernels(older, memory)).rejects.toThrow(
    "The compiled CPU kernels are older than the code: they lack 'adamEma'. Compile them with 'npm run kernels'.",
  );
});

test('a thread that cannot run the kernels says why', async () => {
  const module = new WebAssembly.Module(moduleThatLacksAnImport);
  const control = new Int32Array(new SharedArrayBuffer(64));
  const data = { module, memory: sharedMemory(), control, places: { generation: 0 }, names: [], thread: 1 };
  await expect(startThread(data)).rejects.toThrow(
    /A thread of the CPU kernels did not start: LinkError: .*missing/s,
  );
});

test('a thread that does not answer is ended after 20 s', async () => {
  vi.useFakeTimers();
  const terminate = vi.fn();
  const silent = whenReady({ thread: { terminate }, answer: new Promise(() => {}) });
  const refused = expect(silent).rejects.toThrow('did not start: it does not answer.');
  await vi.advanceTimersByTimeAsync(19_000);
  expect(terminate).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  await refused;
  expect(terminate).toHaveBeenCalledOnce();
});

function sharedMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
}
