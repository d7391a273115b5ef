/** A = V diag(values) Vᵀ of a symmetric n×n matrix: eigenvalues descending, column j of V (row-major) belongs to the j-th. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

/** Sweeps after which Jacobi's method has long converged; it is quadratic in the end. */
const MOST_SWEEPS = 60;

/**
 * Eigen decomposition of a symmetric matrix `[n, n]`, row-major, by Jacobi's cyclic rotations (Golub and Van Loan, 8.5):
 * each entry of A is met to about 1e-15 of its norm. Throws where a value is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  if (!a.every(Number.isFinite)) throw new Error('The matrix holds NaN or infinity: it has no eigenvalues.');
  const v = identity(n);
  const norm = Math.hypot(...diagonalAndAbove(a, n));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (offDiagonal(a, n) <= 1e-16 * norm) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(a, n, j, j) - at(a, n, i, i));
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let row = 0; row < n; row++) vectors[row * n + to] = at(v, n, row, from);
  });
  return { values: Float64Array.from(order, (i) => at(a, n, i, i)), vectors };
}

/** The symmetric root A^½ of a positive semi-definite matrix; eigenvalues that rounding made negative count as 0. */
export function symmetricRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const scaled = vectors.map((value, i) => value * Math.sqrt(Math.max(0, values[i % n] as number)));
  return product(scaled, transposed(vectors, n), n);
}

/** A B of two n×n matrices, row-major. */
export function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = at(a, n, i, k);
      for (let j = 0; j < n; j++) result[i * n + j] = (result[i * n + j] as number) + factor * at(b, n, k, j);
    }
  }
  return result;
}

export function transposed(a: Float64Array, n: number): Float64Array {
  return a.map((_, i) => at(a, n, i % n, Math.floor(i / n)));
}

/** One rotation in the plane of p and q, after which a_pq is 0; V collects it. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = at(a, n, p, q);
  if (apq === 0) return;
  const theta = (at(a, n, q, q) - at(a, n, p, p)) / (2 * apq);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, cosine, sine);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, cosine, sine);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, cosine, sine);
}

function turn(values: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const [x, y] = [values[i] as number, values[j] as number];
  values[i] = cosine * x - sine * y;
  values[j] = sine * x + cosine * y;
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += at(a, n, p, q) ** 2;
  return Math.sqrt(2 * sum);
}

function diagonalAndAbove(a: Float64Array, n: number): Float64Array {
  return a.filter((_, i) => i % n >= Math.floor(i / n));
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

function at(a: Float64Array, n: number, row: number, column: number): number {
  return a[row * n + column] as number;
}
