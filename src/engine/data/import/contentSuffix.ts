const starts: readonly [suffix: string, at: number, start: string][] = [
  ['.zip', 0, 'PK\x03\x04'],
  ['.gz', 0, '\x1f\x8b'],
  ['.npy', 0, '\x93NUMPY'],
  ['.idx', 0, '\x00\x00\x08'],
  ['.png', 0, '\x89PNG'],
  ['.jpg', 0, '\xff\xd8\xff'],
  ['.gif', 0, 'GIF8'],
  ['.webp', 8, 'WEBP'],
  ['.avif', 4, 'ftypavi'],
  ['.bmp', 0, 'BM'],
];

/** The suffix of the kind of file that begins with these bytes; null for a kind that is not known, as tables are. */
export function contentSuffix(start: Uint8Array): string | null {
  const text = String.fromCharCode(...start.subarray(0, 16));
  return starts.find(([, at, letters]) => text.startsWith(letters, at))?.[0] ?? null;
}
