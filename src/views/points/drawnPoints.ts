import { MOST_POINTS } from '../../engine/points/pointData';

/** The plane that can be drawn on goes from −3 to 3 both ways. */
export const planeExtent = 3;
/** Places of a coordinate: two of 64 characters say one, and a screen shows no more. */
const places = 4096;
const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Points [n, 2] within the plane, at the places that a link can say; of too many, the first. */
export function snapped(points: ArrayLike<number>): Float32Array {
  return Float32Array.from(points, (value) => valueAt(placeOf(value))).slice(0, 2 * MOST_POINTS);
}

/** Four characters a point. */
export function encodePoints(points: Float32Array): string {
  const character = (value: number) => characters[value] as string;
  return Array.from(points, (value) => {
    const place = placeOf(value);
    return character(place >> 6) + character(place & 63);
  }).join('');
}

/** The points of such a text; null for any other. */
export function decodePoints(text: string): Float32Array | null {
  if (text.length % 4 !== 0 || text.length > 4 * MOST_POINTS || /[^\w-]/.test(text)) return null;
  const at = (i: number) => characters.indexOf(text[i] as string);
  return Float32Array.from({ length: text.length / 2 }, (_, i) => valueAt(64 * at(2 * i) + at(2 * i + 1)));
}

function placeOf(value: number): number {
  const share = (value + planeExtent) / (2 * planeExtent);
  return Math.round(Math.min(1, Math.max(0, share)) * (places - 1));
}

function valueAt(place: number): number {
  return (place / (places - 1)) * 2 * planeExtent - planeExtent;
}
