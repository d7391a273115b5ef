import { describe, expect, test } from 'vitest';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { type BackendStarters, chooseBackend, type SelfTest } from './choose';
import { type BackendName, backendNames } from './report';

/** Starters of which those named start; all others say why not. */
function starters(...working: BackendName[]): { starters: BackendStarters; tried: BackendName[] } {
  const tried: BackendName[] = [];
  const entries = backendNames.map((name) => [
    name,
    async () => {
      tried.push(name);
      if (!working.includes(name)) throw new Error(`no ${name} here`);
      const operations = name === 'webgl' || name === 'cpu' ? referenceOperations : fusedOperations;
      return { operations, device: `the ${name}`, threads: name === 'wasm' ? 2 : 1 };
    },
  ]);
  return { starters: Object.fromEntries(entries) as BackendStarters, tried };
}

const passes: SelfTest = async () => {};

describe('chooseBackend', () => {
  test('takes the best that starts, tries no worse one, and says why not a better', async () => {
    const { starters: all, tried } = starters('wasm', 'webgl', 'cpu');
    const { report, operations } = await chooseBackend(all, passes);
    expect(report).toEqual({
      name: 'wasm',
      device: 'the wasm',
      threads: 2,
      fused: true,
      notices: ['WebGPU is not used: no webgpu here.'],
    });
    expect(operations).toBe(fusedOperations);
    expect(tried).toEqual(['webgpu', 'wasm']);
  });

  test('has nothing to say where the best one works', async () => {
    const { report } = await chooseBackend(starters(...backendNames).starters, passes);
    expect(report).toMatchObject({ name: 'webgpu', notices: [] });
  });

  test('tries the forced one first, and tells the starter that it was asked for by name', async () => {
    const { starters: all, tried } = starters(...backendNames);
    const asked: boolean[] = [];
    const webgl = all.webgl;
    all.webgl = (options) => {
      asked.push(options.forced);
      return webgl(options);
    };
    const { report, operations } = await chooseBackend(all, passes, 'webgl');
    expect(report).toMatchObject({ name: 'webgl', fused: false, notices: [] });
    expect(operations).toBe(referenceOperations);
    expect(tried).toEqual(['webgl']);
    expect(asked).toEqual([true]);
  });

  test('falls to the best where the forced one does not start, and says so', async () => {
    const { starters: all, tried } = starters('wasm', 'cpu');
    const { report } = await chooseBackend(all, passes, 'webgl');
    expect(report.name).toBe('wasm');
    expect(report.notices).toEqual([
      'WebGL is not used: no webgl here.',
      'WebGPU is not used: no webgpu here.',
    ]);
    expect(tried).toEqual(['webgl', 'webgpu', 'wasm']);
  });

  test('falls to the next where the self-test finds it untrue', async () => {
    const untrue: SelfTest = async (operations: Operations) => {
      if (operations.name === 'fused') throw new Error('it computes the gradient of final wrongly');
    };
    const { report } = await chooseBackend(starters('webgpu', 'wasm', 'webgl').starters, untrue);
    expect(report.name).toBe('webgl');
    expect(report.notices).toEqual([
      'WebGPU is not used: it computes the gradient of final wrongly.',
      'WebAssembly is not used: it computes the gradient of final wrongly.',
    ]);
  });

  test('passes on what a backend says of itself, after why better ones are not used', async () => {
    const { starters: all } = starters('wasm');
    const wasm = all.wasm;
    all.wasm = async (options) => ({ ...(await wasm(options)), notices: ['It runs on one thread.'] });
    const { report } = await chooseBackend(all, passes);
    expect(report.notices).toEqual(['WebGPU is not used: no webgpu here.', 'It runs on one thread.']);
  });

  test('throws with every reason where none works', async () => {
    await expect(chooseBackend(starters().starters, passes)).rejects.toThrow(
      'No backend works here. WebGPU is not used: no webgpu here. WebAssembly is not used: no wasm here. ' +
        'WebGL is not used: no webgl here. JavaScript is not used: no cpu here.',
    );
  });
});
