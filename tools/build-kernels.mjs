// Compiles the CPU kernels (src/engine/kernels/wasm/assembly) to WebAssembly: with and without fused multiply-add
// (relaxed SIMD), for a memory that threads share and for a plain one.
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/engine/kernels/wasm/', import.meta.url));
// The import's limits must contain those of the memory that tfjs makes: it may grow to 4 GiB.
const plain = ['--importMemory', '--initialMemory', '1', '--noExportMemory'];
const shared = [...plain, '--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads'];
const variants = {
  'kernels-plain': plain,
  'kernels-plain-relaxed': [...plain, '--enable', 'relaxed-simd'],
  'kernels-shared': shared,
  'kernels-shared-relaxed': [...shared, '--enable', 'relaxed-simd'],
};

for (const [name, options] of Object.entries(variants)) {
  const { error, stderr } = await asc.main([
    `${folder}assembly/index.ts`,
    '--outFile',
    `${folder}${name}.wasm`,
    '--runtime',
    'stub',
    '--noAssert',
    '--use',
    'abort=',
    '-O3',
    '--enable',
    'simd',
    ...options,
  ]);
  if (error) {
    console.error(stderr.toString());
    console.error(`${name}.wasm: ${error.message}`);
    process.exitCode = 1;
  }
}
