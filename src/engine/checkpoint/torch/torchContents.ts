import type { PickleValue } from './pickleValues';

/** A file of torch.save, whose pickle is read and whose elements are not. */
export interface TorchContents {
  root: PickleValue;
  /** Whether numbers of several bytes are big-endian. */
  swapped: boolean;
  /** The bytes of storages, by key; `needed`: how many bytes each must have. */
  records(needed: ReadonlyMap<string, number>): Map<string, Uint8Array>;
}
