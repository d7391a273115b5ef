import { describe, expect, test } from 'vitest';
import { findAdapter } from './webgpu';

type Info = Partial<GPUAdapterInfo> & { isFallbackAdapter?: boolean };

function gpuWith(info: Info | null, adapter: { isFallbackAdapter?: boolean } = {}) {
  const found = info && {
    ...adapter,
    info: { vendor: '', architecture: '', device: '', description: '', ...info },
  };
  return { requestAdapter: async () => found as GPUAdapter | null };
}

describe('findAdapter', () => {
  test('finds a real one', async () => {
    const { info } = await findAdapter(gpuWith({ vendor: 'nvidia', architecture: 'hopper' }), false);
    expect(info.vendor).toBe('nvidia');
  });

  test('says that the browser has no WebGPU, or the machine no adapter', async () => {
    await expect(findAdapter(undefined, true)).rejects.toThrow('this browser does not offer it');
    await expect(findAdapter(gpuWith(null), true)).rejects.toThrow('no graphics adapter');
  });

  test.each<[string, ReturnType<typeof gpuWith>]>([
    ['by its name', gpuWith({ vendor: 'google', architecture: 'swiftshader' })],
    ['by its description', gpuWith({ description: 'llvmpipe (LLVM 15.0.6, 256 bits)' })],
    ['that says so', gpuWith({ vendor: 'acme', isFallbackAdapter: true })],
    ['of an older browser that says so', gpuWith({ vendor: 'acme' }, { isFallbackAdapter: true })],
  ])('takes one that computes on the CPU, known %s, only where that is allowed', async (_, gpu) => {
    await expect(findAdapter(gpu, false)).rejects.toThrow(/computes on the CPU/);
    expect(await findAdapter(gpu, true)).toHaveProperty('info');
  });

  test('does not wait forever for a driver that hangs', async () => {
    const gpu = { requestAdapter: () => new Promise<never>(() => {}) };
    await expect(findAdapter(gpu, false, 10)).rejects.toThrow('does not answer');
  });
});
