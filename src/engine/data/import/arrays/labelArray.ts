import { type Labels, labelsOfNames } from '../labels';
import type { TextArray } from './npy';
import { countOf, type NumberArray, numberChunks } from './numberArray';

/** More labels than this are not read: they would fill the memory. */
const MOST_VALUES = 64 * 2 ** 20;

/**
 * The labels that an array can be: [N], [N, 1] or [1, N] of whole numbers, truth values or texts, or one-hot [N, K]. A phrase
 * for anything else, saying what it is.
 */
export async function labelsOfArray(array: NumberArray | TextArray): Promise<Labels | string> {
  const { shape } = array;
  const long = shape.filter((side) => side !== 1);
  if (countOf(array) === 0) return 'is an empty array';
  const shapeText = `of shape ${shape.join('×') || '()'}`;
  if ('texts' in array)
    return long.length < 2 && shape.length > 0
      ? labelsOfNames(array.texts)
      : `is an array of texts ${shapeText}, which are no labels`;
  const neither = `is an array ${shapeText}: neither images nor labels`;
  if (shape.length === 0 || shape.length > 2 || countOf(array) > MOST_VALUES) return neither;
  // A column of one label each; a row of one image is [1, K].
  if (long.length < 2 && (shape.length === 1 || shape[1] === 1 || shape[0] === 1))
    return numbers(array, neither);
  return oneHot(array, neither);
}

async function numbers(array: NumberArray, neither: string): Promise<Labels | string> {
  const isBoolean = array.type.kind === 'boolean';
  const index = new Map<number, number>();
  const names: string[] = [];
  const of = new Int32Array(countOf(array));
  let at = 0;
  for await (const values of numberChunks(array))
    for (const value of values) {
      let label = index.get(value);
      if (label === undefined) {
        if (!Number.isInteger(value)) return `${neither}, for its numbers are not whole`;
        label = names.length;
        index.set(value, label);
        names.push(isBoolean ? (value ? 'True' : 'False') : String(value));
      }
      of[at++] = label;
    }
  return { names, of };
}

/** [N, K] with a single 1 in each row, all else 0, is the class of each image. */
async function oneHot(array: NumberArray, neither: string): Promise<Labels | string> {
  const [count = 0, classes = 0] = array.shape;
  const of = new Int32Array(count).fill(-1);
  let at = 0;
  let isMultiple = false;
  for await (const values of numberChunks(array))
    for (const value of values) {
      const [image, label] = array.fortran
        ? [at % count, Math.floor(at / count)]
        : [Math.floor(at / classes), at % classes];
      at++;
      if (value === 0) continue;
      if (value !== 1) return neither;
      if (of[image] !== -1) isMultiple = true;
      of[image] = label;
    }
  if (isMultiple || of.includes(-1))
    return `has the shape ${count}×${classes}: several labels an image, or none, are no classes`;
  return { names: Array.from({ length: classes }, (_, label) => String(label)), of };
}
