/** A value, or a function that tells it. A function is asked at every run, also where a replay repeats a computation. */
export type Live<T> = T | (() => T);

/** The value as it is now. */
export function now<T>(value: Live<T>): T {
  return typeof value === 'function' ? (value as () => T)() : value;
}
