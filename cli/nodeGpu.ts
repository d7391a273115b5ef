import { CommandError } from './errors';

/**
 * Gives Node a navigator.gpu as a browser has it: Dawn, from the optional package webgpu, with `options` of its own
 * ('backend=null'). Throws CommandError.
 */
export async function provideGpu(options: string[] = []): Promise<void> {
  const { create, globals } = await import('webgpu').catch((error: Error) => {
    throw new CommandError(
      `--backend webgpu needs the optional package 'webgpu' (npm install webgpu), which did not load: ${error.message.split('\n')[0]}`,
    );
  });
  Object.assign(globalThis, globals);
  const gpu = create(options);
  // Node 21 and later have a navigator of their own.
  const navigator = globalThis.navigator ?? {};
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
}
