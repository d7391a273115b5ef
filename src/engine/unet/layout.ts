/** Images as files hold them, `[N,C,H,W]`, to the engine's `[N,H,W,C]`; `area` is H·W. */
export function nchwToNhwc(values: Float32Array, channels: number, area: number): Float32Array {
  return swapAxes(values, channels, area);
}

/** The engine's `[N,H,W,C]` to the `[N,C,H,W]` of files; `area` is H·W. */
export function nhwcToNchw(values: Float32Array, channels: number, area: number): Float32Array {
  return swapAxes(values, area, channels);
}

/** Every `[rows, columns]` matrix in `values` to `[columns, rows]`. */
function swapAxes(values: Float32Array, rows: number, columns: number): Float32Array {
  const swapped = new Float32Array(values.length);
  const size = rows * columns;
  for (let start = 0; start < values.length; start += size) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        swapped[start + column * rows + row] = values[start + row * columns + column] as number;
      }
    }
  }
  return swapped;
}
