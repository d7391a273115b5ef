const bytes = (...parts: (number | string)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part])),
  );

const start = [0, 'asm', 1, 0, 0, 0] as const;

/** A module that exports nothing. */
export const emptyModule = bytes(...start);

/** A module that imports a function env.missing, which takes and returns nothing. */
export const moduleThatLacksAnImport = bytes(
  ...start,
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 15, 1, 3, 'env', 7, 'missing', 0, 0],
);
