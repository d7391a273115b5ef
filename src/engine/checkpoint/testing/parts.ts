import { LENGTH_BYTES, METADATA_KEY } from '../header';

interface Description {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}
/** A safetensors file taken apart: tensors in the order of their bytes, each with a name that another may have too. */
export interface Parts {
  metadata: Record<string, string>;
  tensors: { name: string; description: Description; bytes: Uint8Array }[];
}

/** Takes a sound file apart. */
export function partsOf(bytes: Uint8Array): Parts {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const data = bytes.subarray(LENGTH_BYTES + length);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)));
  const { [METADATA_KEY]: metadata, ...descriptions } = header;
  const tensors = Object.entries(descriptions as Record<string, Description>).map(([name, description]) => ({
    name,
    description,
    bytes: data.slice(...description.data_offsets),
  }));
  return { metadata, tensors };
}

/** The file of its parts: offsets as they are, or those that fit. */
export function fileOf({ metadata, tensors }: Parts, place = true): Uint8Array {
  let at = 0;
  const fields = tensors.map(({ name, description, bytes }) => {
    const offsets = place ? [at, at + bytes.length] : description.data_offsets;
    at += bytes.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ ...description, data_offsets: offsets })}`;
  });
  const text = new TextEncoder().encode(
    `{${[`${JSON.stringify(METADATA_KEY)}:${JSON.stringify(metadata)}`, ...fields].join()}}`,
  );
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, LENGTH_BYTES);
  at = LENGTH_BYTES + text.length;
  for (const tensor of tensors) {
    bytes.set(tensor.bytes, at);
    at += tensor.bytes.length;
  }
  return bytes;
}
