/** For each query the nearest reference: its index, and the distance. */
export interface Nearest {
  indices: Int32Array;
  /** Root of the mean squared difference of their values: 0 where they are equal, 2 between black and white. */
  distances: Float64Array;
}

/** The nearest of the references `[M, length]` to each query `[N, length]`, of two equally near ones the first. Exact. */
export function nearest(queries: Float32Array, references: Float32Array, length: number): Nearest {
  const count = queries.length / length;
  const found: Nearest = { indices: new Int32Array(count), distances: new Float64Array(count) };
  const candidates = references.length / length;
  for (let query = 0; query < count; query++) {
    let best = Number.POSITIVE_INFINITY;
    for (let reference = 0; reference < candidates; reference++) {
      const squared = squaredDistance(queries, query * length, references, reference * length, length, best);
      if (squared >= best) continue;
      best = squared;
      found.indices[query] = reference;
    }
    found.distances[query] = Math.sqrt(best / length);
  }
  return found;
}

/** Distance from each vector `[N, length]` to the k-th nearest of the others, 1 ≤ k < N, squared. */
export function squaredRadii(vectors: Float32Array, length: number, k: number): Float64Array {
  const count = vectors.length / length;
  if (!(Number.isInteger(k) && k >= 1 && k < count)) {
    throw new Error(`The ${k}-th nearest of the others needs more than ${count} vectors.`);
  }
  const between = new Float64Array(count);
  return Float64Array.from({ length: count }, (_, one) => {
    for (let other = 0; other < count; other++)
      between[other] = squaredDistance(vectors, one * length, vectors, other * length, length);
    between[one] = Number.POSITIVE_INFINITY;
    return between.toSorted()[k - 1] as number;
  });
}

/** ‖a − b‖² of the vectors that start at two places; where it exceeds `limit`, any number that does. */
export function squaredDistance(
  a: Float32Array,
  startA: number,
  b: Float32Array,
  startB: number,
  length: number,
  limit = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  for (let begin = 0; begin < length && sum <= limit; begin += 32) {
    const end = Math.min(begin + 32, length);
    for (let i = begin; i < end; i++) {
      const difference = (a[startA + i] as number) - (b[startB + i] as number);
      sum += difference * difference;
    }
  }
  return sum;
}

/** The value below which a share of the values lies (0 … 1), between two of them by a straight line. */
export function quantile(values: Float64Array, share: number): number {
  if (values.length === 0) throw new Error('No values have no quantile.');
  const sorted = values.toSorted();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (position - below) * (high - low);
}
