import { type Tile, threadsOf } from './tile';

/**
 * What the four numbers of a vector of a matrix are: neighbours along the inner dimension, or rows of the left matrix
 * (columns of the right one) that are neighbours.
 */
export type Along = 'inner' | 'outer';

/** One vector of each matrix a turn, read from anywhere: WGSL statements that set `leftVector` and `rightVector`. */
export interface Loads {
  /** How often `tile.inner` fits into the inner dimension, rounded up. */
  turns: string;
  left: string;
  right: string;
}

/**
 * WGSL of a tile of a matrix product by one workgroup: both matrices pass through workgroup memory in turns of
 * `tile.inner`, each thread adding up 4 × 4 elements in `sum0` … `sum3` (rows; vectors of columns). For use in `main`
 * with `thread`, the index in the workgroup.
 */
export class MatrixProduct {
  readonly threads: number;
  #tile: Tile;
  #left: Along;
  #right: Along;

  constructor(tile: Tile, left: Along, right: Along) {
    this.#tile = tile;
    this.#left = left;
    this.#right = right;
    this.threads = threadsOf(tile);
  }

  /** Declares workgroup memory that is enough for any product of a tile. */
  static memoryFor(tile: Tile): string {
    const { rows, columns, slices } = tile;
    const factors = sizeOf(tile, rows, 'inner') + sizeOf(tile, columns, 'inner');
    return `var<workgroup> vectors: array<vec4<f32>, ${Math.max(factors, ((slices - 1) * rows * columns) / 4)}>;`;
  }

  /**
   * Declares where the thread computes (`row`, `column` of its first element in the tile, its `slice` of the inner
   * dimension) and what it loads: (leftRow, leftInner) and (rightInner, rightColumn) of a vector's first element.
   */
  get place(): string {
    const { rows, columns, inner } = this.#tile;
    const ofSlice = (rows * columns) / 16;
    const left =
      this.#left === 'inner'
        ? [`slot / ${inner / 4}`, `slot % ${inner / 4} * 4`]
        : [`slot % ${rows / 4} * 4`, `slot / ${rows / 4}`];
    const right =
      this.#right === 'inner'
        ? [`slot % ${inner / 4} * 4`, columnOf(`slot / ${inner / 4}`, columns)]
        : [`slot / ${columns / 4}`, `slot % ${columns / 4} * 4`];
    return `
  let slot = i32(thread);
  let slice = slot / ${ofSlice};
  let inSlice = slot % ${ofSlice};
  let row = inSlice / ${columns / 4} * 4;
  let column = inSlice % ${columns / 4} * 4;
  let leftRow = ${left[0]};
  let leftInner = ${left[1]};
  let rightInner = ${right[0]};
  let rightColumn = ${right[1]};
  ${each4((r) => `var sum${r} = vec4<f32>(0);`)}`;
  }

  /** Adds a product to the sums. The loads of the next turn are under way while this one is computed. */
  add({ turns, left, right }: Loads): string {
    return `
  {
    var leftVector = vec4<f32>(0);
    var rightVector = vec4<f32>(0);
    ${left}
    ${right}
    let turns = ${turns};
    for (var turn = 0; turn < turns; turn++) {
      workgroupBarrier();
      ${this.#store}
      workgroupBarrier();
      leftVector = vec4<f32>(0);
      rightVector = vec4<f32>(0);
      ${left}
      ${right}
      ${this.#multiply}
    }
  }`;
  }

  /** Sets the sums to zero. */
  get clear(): string {
    return each4((r) => `sum${r} = vec4<f32>(0);`);
  }

  /** Adds up the slices: the sums are whole in the threads of slice 0. */
  get sumSlices(): string {
    const { rows, columns, slices } = this.#tile;
    if (slices === 1) return '';
    const ofSlice = (rows * columns) / 16;
    const others = (slices - 1) * ofSlice;
    return `
  workgroupBarrier();
  if (slice > 0) {
    let at = slot - ${ofSlice};
    ${each4((r) => `vectors[${r * others} + at] = sum${r};`)}
  }
  workgroupBarrier();
  if (slice == 0) {
    for (var at = slot; at < ${others}; at += ${ofSlice}) {
      ${each4((r) => `sum${r} += vectors[${r * others} + at];`)}
    }
  }`;
  }

  get #leftSize(): number {
    return sizeOf(this.#tile, this.#tile.rows, this.#left);
  }

  get #store(): string {
    const { rows, columns, inner } = this.#tile;
    const place = (along: Along) =>
      along === 'inner' ? `slot / ${inner / 4} * ${inner / 4 + 1} + slot % ${inner / 4}` : 'slot';
    const guarded = (extent: number, statement: string) => {
      const loads = (extent * inner) / 4;
      return loads < this.threads ? `if (slot < ${loads}) { ${statement} }` : statement;
    };
    return `
      ${guarded(rows, `vectors[${place(this.#left)}] = leftVector;`)}
      ${guarded(columns, `vectors[${this.#leftSize} + ${place(this.#right)}] = rightVector;`)}`;
  }

  get #multiply(): string {
    const { rows, columns, inner, slices } = this.#tile;
    const right = `vectors[${this.#leftSize} + `;
    const stride = inner / 4 + 1;
    if (this.#left === 'outer') {
      return `
      for (var k = 0; k < ${inner / slices}; k++) {
        let at = slice * ${inner / slices} + k;
        let left = vectors[at * ${rows / 4} + row / 4];
        let right = ${right}at * ${columns / 4} + column / 4];
        ${each4((r) => `sum${r} += left[${r}] * right;`)}
      }`;
    }
    const times =
      this.#right === 'inner'
        ? (r: number) => `sum${r} += vec4(${[0, 1, 2, 3].map((c) => `dot(left${r}, right${c})`).join(', ')});`
        : (r: number) => `sum${r} += ${[0, 1, 2, 3].map((k) => `left${r}[${k}] * right${k}`).join(' + ')};`;
    const rightAt = (i: number) =>
      this.#right === 'inner'
        ? `(${(i * columns) / 4} + column / 4) * ${stride} + at`
        : `(at * 4 + ${i}) * ${columns / 4} + column / 4`;
    return `
      for (var k = 0; k < ${inner / slices / 4}; k++) {
        let at = slice * ${inner / slices / 4} + k;
        ${each4((i) => `let right${i} = ${right}${rightAt(i)}];`)}
        ${each4((r) => `let left${r} = vectors[(row + ${r}) * ${stride} + at];`)}
        ${each4(times)}
      }`;
  }
}

/** Vectors of a matrix in workgroup memory; one more a row keeps threads of different rows on different banks. */
function sizeOf({ inner }: Tile, extent: number, along: Along): number {
  return along === 'inner' ? extent * (inner / 4 + 1) : inner * (extent / 4);
}

/** WGSL for 0, 1, 2, 3. */
export function each4(statement: (index: number) => string): string {
  return [0, 1, 2, 3].map(statement).join('\n');
}

/** Columns lie in the order 0, 4, 8, …, 1, 5, 9, …: threads beside each other read columns that lie beside each other. */
function columnOf(place: string, columns: number): string {
  return `${place} % ${columns / 4} * 4 + ${place} / ${columns / 4}`;
}
