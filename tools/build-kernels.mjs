// Compiles the CPU kernels (src/engine/kernels/wasm/assembly) to WebAssembly: with and without fused multiply-add
// (relaxed SIMD), for a memory that threads share and for a plain one.
import { renameSync, rmSync } from 'node:fs';
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

/** Nobody reads a file that is half written: each gets its name when all are done, the one that tells their age last. */
const unfinished = (name) => `${folder}${name}.${process.pid}.part.wasm`;
for (const [name, options] of Object.entries(variants)) {
  const { error, stderr } = await asc.main([
    `${folder}assembly/index.ts`,
    '--outFile',
    unfinished(name),
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
for (const name of Object.keys(variants).reverse()) {
  if (process.exitCode) rmSync(unfinished(name), { force: true });
  else renameSync(unfinished(name), `${folder}${name}.wasm`);
}
