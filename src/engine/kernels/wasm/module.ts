import { JOBS, type JobName } from './jobs';

export type JobExports = Record<JobName, (job: number, begin: number, end: number, scratch: number) => void>;

/** Which of the four compiled modules runs. */
export interface ModuleVariant {
  /** The memory is shared between threads. */
  shared: boolean;
  /** Fused multiply-add of relaxed SIMD. */
  relaxedSimd: boolean;
}

/** A module of one function that uses f32x4.relaxed_madd. */
const RELAXED_SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32,
  1, 32, 2, 253, 133, 2, 11,
]);

/** Whether this engine takes relaxed SIMD; Node 20 has it, but behind a flag, which is set then. */
export async function hasRelaxedSimd(): Promise<boolean> {
  const valid = () => WebAssembly.validate(RELAXED_SIMD_PROBE);
  if (valid() || typeof process === 'undefined' || !process.versions?.node) return valid();
  const { setFlagsFromString } = await import(/* @vite-ignore */ 'node:v8');
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return valid();
}

/** Loads and compiles a variant. Throws where the file cannot be had. */
export async function compileKernels({ shared, relaxedSimd }: ModuleVariant): Promise<WebAssembly.Module> {
  // Each URL stands for itself: the bundler finds the files by these very expressions.
  const url = shared
    ? relaxedSimd
      ? new URL('./kernels-shared-relaxed.wasm', import.meta.url)
      : new URL('./kernels-shared.wasm', import.meta.url)
    : relaxedSimd
      ? new URL('./kernels-plain-relaxed.wasm', import.meta.url)
      : new URL('./kernels-plain.wasm', import.meta.url);
  return WebAssembly.compile(await readBytes(url));
}

async function readBytes(url: URL): Promise<BufferSource> {
  if (url.protocol === 'file:') {
    const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The CPU kernels did not load: ${url.pathname} answers ${response.status}.`);
  return response.arrayBuffer();
}

/** Instantiates on a memory. Throws where the module lacks a job: it was compiled from older sources. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<JobExports> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const missing = JOBS.find((name) => typeof instance.exports[name] !== 'function');
  if (missing !== undefined) {
    throw new Error(
      `The compiled CPU kernels are older than the code: they lack '${missing}'. Compile them with 'npm run kernels'.`,
    );
  }
  return instance.exports as unknown as JobExports;
}
