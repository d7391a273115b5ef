/**
 * Reduces grey images [count, size, size] to [count, target, target]: a black frame up to 2·target, then the mean of
 * every 2×2 pixels, rounded half up. No pixel is weighted more than another, as an uneven ratio would do.
 */
export function frameAndHalve(levels: Uint8Array, size: number, target: number): Uint8Array {
  const frame = (2 * target - size) / 2;
  if (!Number.isInteger(frame) || frame < 0) {
    throw new Error(`Images of ${size} pixels cannot be framed evenly to ${2 * target}.`);
  }
  const count = levels.length / (size * size);
  const reduced = new Uint8Array(count * target * target);
  for (let image = 0, at = 0; image < count; image++) {
    const level = (row: number, column: number) =>
      row < 0 || row >= size || column < 0 || column >= size
        ? 0
        : (levels[(image * size + row) * size + column] as number);
    for (let row = -frame; row < size + frame; row += 2) {
      for (let column = -frame; column < size + frame; column += 2) {
        const sum =
          level(row, column) + level(row, column + 1) + level(row + 1, column) + level(row + 1, column + 1);
        reduced[at++] = Math.floor(sum / 4 + 0.5);
      }
    }
  }
  return reduced;
}
