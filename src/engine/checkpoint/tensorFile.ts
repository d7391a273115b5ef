import type { Dtype } from './dtypes';
import type { FileTensor } from './safetensors';

/** A file of named tensors, of which none is read yet. */
export interface TensorFile {
  format: 'safetensors' | 'torch';
  /** Every tensor, in the order of the file. */
  entries: ReadonlyMap<string, { readonly dtype: Dtype; readonly shape: number[] }>;
  /** Texts by name; files of PyTorch have none. */
  metadata: Readonly<Record<string, string>>;
  /** What the file holds beside tensors, by its name: an epoch, options. */
  others: readonly string[];
  /** Numbers, texts, true and false among these, by their dotted names. */
  values: ReadonlyMap<string, number | string | boolean>;
  /** The tensors of these names, which must be among the entries. They may be views of the file's bytes. */
  read(names: Iterable<string>): Map<string, FileTensor>;
}
