import { expect, test } from 'vitest';
import { moduleThatLacksAnImport } from '../../../testing/wasmModules';
import { startThread } from './poolThread';

test('a thread that cannot run the kernels says why: a browser reports no rejected promise of a worker', async () => {
  const data = {
    module: new WebAssembly.Module(moduleThatLacksAnImport),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
    control: new Int32Array(new SharedArrayBuffer(64)),
    places: { generation: 0 },
    names: [],
    thread: 1,
  };
  await expect(startThread(data)).rejects.toThrow(
    /A thread of the CPU kernels did not start: LinkError: .*missing/s,
  );
});
