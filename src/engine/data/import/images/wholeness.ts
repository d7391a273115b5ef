/** Why an image file is not whole, as a phrase; null where it seems to be. Decoders would show what there is, and grey below it. */
export function damageOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'is empty';
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const cutOff = 'is cut off';
  if (text(1, 4) === 'PNG') return hasPngEnd(bytes) ? null : cutOff;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return hasJpegEnd(bytes) ? null : cutOff;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text(0, 4) === 'GIF8') return hasGifImage(bytes) ? null : cutOff;
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return bytes.length >= 8 + view.getUint32(4, true) - 1 ? null : cutOff;
  return null;
}

/** Chunk by chunk up to the one that ends the image. */
function hasPngEnd(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49454e44) return true;
    at += 12 + length;
  }
  return false;
}

/** Segment by segment up to the one that ends the image; within a scan 0xff stands before 0 or a restart. */
function hasJpegEnd(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at = bytes.indexOf(0xff, at);
      if (at < 0) return false;
    }
    const marker = bytes[at + 1] as number;
    if (marker === 0xd9) return true;
    const isPlain = marker === 0 || marker === 1 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    const length = isPlain ? 0 : ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    at += marker === 0xff ? 1 : 2 + length;
  }
  return false;
}

/** Block by block up to the end of the first image; a block is a number of bytes and these, and 0 ends a row of them. */
function hasGifImage(bytes: Uint8Array): boolean {
  const tableOf = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableOf(bytes[10] ?? 0);
  for (;;) {
    const isImage = bytes[at] === 0x2c;
    if (!isImage && bytes[at] !== 0x21) return false;
    at += isImage ? 11 + tableOf(bytes[at + 9] ?? 0) : 2;
    while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] as number);
    if (at >= bytes.length) return false;
    at++;
    if (isImage) return true;
  }
}
