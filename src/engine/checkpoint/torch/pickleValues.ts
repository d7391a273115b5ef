import { quoted } from '../header';

/** Thrown for a file of torch.save that is damaged, or holds something that is not read; the message says what. */
export class TorchFileError extends Error {
  override name = 'TorchFileError';
}

/** What a pickle holds. Tuples, lists and sets are arrays, dicts are maps; all else was built by one of the known globals. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | object;

/** A class or function that a pickle names. */
export class Global {
  constructor(
    readonly name: string,
    /** What the pickle means by a call of it, as inert data; none where it is only ever named. */
    readonly build?: (parameters: PickleValue[]) => PickleValue,
  ) {}
}

/** Something that is known and not needed: a path, a NumPy array, the bytes of a random state. */
export class Opaque {
  constructor(readonly what: string) {}
}

/** An object whose state is a dict of its attributes. */
export class Attributes extends Map<PickleValue, PickleValue> {}

/** What a pickle means by a call. Throws TorchFileError where it calls what is only ever named. */
export function built(global: PickleValue, parameters: PickleValue): PickleValue {
  if (!(global instanceof Global) || !Array.isArray(parameters)) throw damaged('calls what is no function');
  if (!global.build) throw new TorchFileError(`It calls ${quoted(global.name)}, which is not read.`);
  return global.build(parameters);
}

/** Attributes of a dict (the versions of its modules), and the state of what is not needed, are passed over. */
export function setState(target: PickleValue, state: PickleValue): void {
  if (target instanceof Attributes) {
    if (!(state instanceof Map)) throw damaged('has an object whose state is no dict');
    for (const [name, value] of state) target.set(name, value);
  } else if (!(target instanceof Map || target instanceof Opaque)) {
    throw damaged('sets the state of what has none');
  }
}

export function damaged(how: string): TorchFileError {
  return new TorchFileError(`Its pickle is damaged: it ${how}.`);
}
