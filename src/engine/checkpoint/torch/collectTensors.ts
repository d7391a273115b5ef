import { quoted } from '../header';
import { TensorView } from './globals';
import { type PickleValue, TorchFileError } from './pickleValues';

/** What a checkpoint holds, by dotted names: `state_dict.module.final.bias`. */
export interface Collected {
  tensors: Map<string, TensorView>;
  /** What holds no tensor: an epoch, options. The outermost name of each. */
  others: string[];
  /** Numbers, texts, true and false among them. */
  values: Map<string, number | string | boolean>;
}

/** Dicts in dicts that are read. */
const DEEPEST = 32;
/** A dict may be in several places, which would let a small file stand for endless names. */
const MOST_NAMES = 2e6;
/** What is told of a model takes a few of them. */
const MOST_VALUES = 1000;

/** Throws TorchFileError. */
export function collectTensors(root: PickleValue): Collected {
  const tensors = new Map<string, TensorView>();
  const values: Collected['values'] = new Map();
  let visited = 0;

  /** The outermost names without tensors; null where there is no tensor at all. */
  function visit(value: PickleValue, name: string, depth: number): string[] | null {
    if (++visited > MOST_NAMES) throw new TorchFileError('It holds more names than are read.');
    if (depth > DEEPEST) throw new TorchFileError(`Its dicts are nested more than ${DEEPEST} deep.`);
    if (value instanceof TensorView) {
      if (tensors.has(name)) throw new TorchFileError(`It has two tensors with the name ${quoted(name)}.`);
      tensors.set(name, value);
      return [];
    }
    const isValue = ['number', 'string', 'boolean'].includes(typeof value);
    if (isValue && values.size < MOST_VALUES) values.set(name, value as string);
    const entries = value instanceof Map ? value : Array.isArray(value) ? value.entries() : [];
    let has = false;
    const without: string[] = [];
    for (const [key, inner] of entries) {
      const innerName = name === '' ? keyText(key) : `${name}.${keyText(key)}`;
      const found = visit(inner, innerName, depth + 1);
      has ||= found !== null;
      for (const other of found ?? [innerName]) without.push(other);
    }
    return has ? without : null;
  }

  const others = visit(root, '', 0);
  if (!others) throw new TorchFileError('It holds no tensors.');
  return { tensors, others, values };
}

function keyText(key: PickleValue): string {
  return typeof key === 'object' ? '?' : String(key);
}
