/** Numbers of 16 bits after IEEE 754, as their bits: 1 of sign, 5 of exponent (bias 15), 10 of fraction. */
export type Halves = Uint16Array;

/** Each value as the nearest half, of two equally near ones the even; beyond 65504 infinity. */
export function toHalves(values: Float32Array): Halves {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(values, (value, i) => {
    const word = words[i] as number;
    const sign = (word >>> 16) & 0x8000;
    if (Number.isNaN(value)) return sign | 0x7e00;
    // Halves with one exponent lie evenly apart; those below 2⁻¹⁴ as those just above.
    const exponent = Math.max(((word >>> 23) & 0xff) - 127, -14);
    if (exponent > 15) return sign | 0x7c00;
    // The leading 1 of the fraction, and whatever rounding carries, add to the exponent.
    return sign | (((exponent + 14) << 10) + roundToEven(Math.abs(value) * 2 ** (10 - exponent)));
  });
}

/** The values: float32 as it is, halves as new float32 of twice their bytes. */
export function floatsOf(values: Float32Array | Halves): Float32Array {
  if (values instanceof Float32Array) return values;
  const read = readerOf(values);
  const floats = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) floats[i] = read(i);
  return floats;
}

/** Reads one value after another where they lie, halves too. */
export function readerOf(values: Float32Array | Halves): (index: number) => number {
  if (values instanceof Float32Array) return (index) => values[index] as number;
  const table = tableOfHalves();
  return (index) => table[values[index] as number] as number;
}

/** Whether none is NaN or infinite; halves are looked at as they are. */
export function areFinite(values: Float32Array | Halves): boolean {
  return values instanceof Float32Array
    ? values.every(Number.isFinite)
    : values.every((half) => (half & 0x7c00) !== 0x7c00);
}

let table: Float32Array | undefined;

/** There are few enough halves to look each one up. */
function tableOfHalves(): Float32Array {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfToNumber(bits));
  return table;
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
