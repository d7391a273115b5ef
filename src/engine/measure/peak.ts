import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { finished } from './finished';

/** The fastest matrix product that was found on a backend: the roof of what its kernels can reach. */
export interface MatmulPeak {
  /** 10⁹ floating-point operations a second. */
  gflops: number;
  /** Whose kernel it was, and the product's size n × n × n. */
  kernel: 'ours' | 'stock';
  size: number;
}

const LARGEST = 4096;
/** A product that takes as long is large enough. */
const ENOUGH_MS = 60;
const REPEATS = 4;

/** Times square products of growing size by our own linear map and by tf.matMul, and takes the best. */
export async function measurePeak(operations: Operations): Promise<MatmulPeak> {
  let best: MatmulPeak = { gflops: 0, kernel: 'stock', size: 0 };
  for (let size = 256; size <= LARGEST; size *= 2) {
    const a = tf.randomUniform<tf.Rank.R2>([size, size], -1, 1);
    const matrix = tf.randomUniform<tf.Rank.R2>([size + 1, size], -1, 1);
    const weight = matrix.slice([0, 0], [size, size]);
    let quickest = Number.POSITIVE_INFINITY;
    const products = {
      ours: () => operations.linear(a, matrix),
      stock: () => tf.matMul(a, weight),
    };
    for (const kernel of operations.name === 'fused' ? (['ours', 'stock'] as const) : (['stock'] as const)) {
      for (let i = 0; i < REPEATS; i++) {
        const start = performance.now();
        const product = tf.tidy(products[kernel]);
        await finished(product);
        const milliseconds = performance.now() - start;
        product.dispose();
        const gflops = (2 * size ** 3) / milliseconds / 1e6;
        if (gflops > best.gflops) best = { gflops, kernel, size };
        quickest = Math.min(quickest, milliseconds);
        // The first compiles.
        if (i > 0 && milliseconds > 2 * ENOUGH_MS) break;
      }
    }
    tf.dispose([a, matrix, weight]);
    if (quickest > ENOUGH_MS) break;
  }
  return best;
}
