import type { Dtype } from '../dtypes';
import { quoted } from '../header';
import { Attributes, Global, Opaque, type PickleValue, TorchFileError } from './pickleValues';

/** Elements that tensors share: a record of the file, or a part of one in files of old versions. */
export class Storage {
  constructor(
    /** The record's name. */
    readonly key: string,
    /** Of its elements; U8 where it holds bytes of any dtype. */
    readonly dtype: Dtype,
    /** Number of the record's elements. */
    readonly total: number,
    readonly start = 0,
    readonly count = total,
  ) {}
}

/** A tensor that is described and not read yet: a view of a storage. */
export class TensorView {
  constructor(
    readonly storage: Storage,
    readonly dtype: Dtype,
    /** Place of its first element in the storage, in elements. */
    readonly offset: number,
    readonly shape: number[],
    /** Elements from one index to the next, of each dimension. */
    readonly strides: number[],
  ) {}
}

/** Dtypes that a pickle names, as torch.float16 for one. */
class TorchDtype extends Global {
  constructor(
    name: string,
    readonly dtype: Dtype | null,
  ) {
    super(name);
  }
}

/** Classes of storages, as torch.HalfStorage for one. */
class StorageClass extends Global {
  constructor(
    name: string,
    readonly dtype: Dtype,
  ) {
    super(name);
  }
}

type Build = NonNullable<Global['build']>;

const opaque =
  (what: string): Build =>
  () =>
    new Opaque(what);

/** What a pickle may name and call; each call only describes something. */
const functions: Record<string, Build | null> = {
  'torch._utils._rebuild_tensor': ([storage, offset, size, stride]) =>
    tensorView(storage, offset, size, stride, null),
  'torch._utils._rebuild_tensor_v2': ([storage, offset, size, stride]) =>
    tensorView(storage, offset, size, stride, null),
  'torch._utils._rebuild_tensor_v3': ([storage, offset, size, stride, , , dtype]) =>
    tensorView(storage, offset, size, stride, dtype),
  'torch._utils._rebuild_parameter': ([data]) => data as PickleValue,
  'torch._utils._rebuild_parameter_with_state': ([data]) => data as PickleValue,
  'torch._tensor._rebuild_from_type_v2': ([build, , parameters]) => {
    if (!(build instanceof Global && build.build && Array.isArray(parameters)))
      throw new TorchFileError('It has a tensor that is made in a way which is not read.');
    return build.build(parameters);
  },
  'torch.Tensor': null,
  'torch.nn.parameter.Parameter': null,
  'torch.nn.parameter.Buffer': null,
  'torch.Size': ([sizes]) => sizes as PickleValue,
  'torch.device': opaque('device'),
  'torch.torch_version.TorchVersion': opaque('version'),
  'collections.OrderedDict': ([pairs]) => dictOf(pairs),
  'collections.defaultdict': () => new Map(),
  'collections.Counter': ([counts]) => dictOf(counts),
  'argparse.Namespace': () => new Attributes(),
  'types.SimpleNamespace': () => new Attributes(),
  '_codecs.encode': opaque('bytes'),
};
for (const module of ['builtins', '__builtin__']) {
  for (const type of ['set', 'frozenset', 'list', 'tuple'])
    functions[`${module}.${type}`] = ([items]) => (Array.isArray(items) ? items : []);
  for (const type of ['complex', 'bytearray', 'bytes']) functions[`${module}.${type}`] = opaque(type);
  for (const type of ['dict', 'int', 'float', 'bool', 'str']) functions[`${module}.${type}`] = null;
}
for (const module of ['numpy.core.multiarray', 'numpy._core.multiarray']) {
  functions[`${module}.scalar`] = opaque('NumPy scalar');
  functions[`${module}._reconstruct`] = opaque('NumPy array');
}
for (const module of ['numpy.core.numeric', 'numpy._core.numeric'])
  functions[`${module}._frombuffer`] = opaque('NumPy array');
functions['numpy.dtype'] = opaque('NumPy dtype');
functions['numpy.ndarray'] = null;
for (const module of ['pathlib', 'pathlib._local'])
  for (const path of ['Path', 'PosixPath', 'WindowsPath', 'PurePosixPath', 'PureWindowsPath'])
    functions[`${module}.${path}`] = opaque('path');

const storages: Record<string, Dtype> = {
  ...{ Double: 'F64', Float: 'F32', Half: 'F16', BFloat16: 'BF16' },
  ...{ Long: 'I64', Int: 'I32', Short: 'I16', Char: 'I8', Byte: 'U8', Bool: 'BOOL', ComplexFloat: 'C64' },
};

const torchDtypes: Record<string, Dtype | null> = {
  ...{ float64: 'F64', double: 'F64', float32: 'F32', float: 'F32', float16: 'F16', half: 'F16' },
  ...{ bfloat16: 'BF16', int64: 'I64', long: 'I64', int32: 'I32', int: 'I32', int16: 'I16', short: 'I16' },
  ...{ int8: 'I8', uint8: 'U8', uint16: 'U16', uint32: 'U32', uint64: 'U64', bool: 'BOOL' },
  ...{ float8_e4m3fn: 'F8_E4M3', float8_e5m2: 'F8_E5M2', float8_e8m0fnu: 'F8_E8M0' },
  ...{ float8_e4m3fnuz: 'F8_E4M3FNUZ', float8_e5m2fnuz: 'F8_E5M2FNUZ', complex64: 'C64', complex128: null },
};

const known = new Map<string, Global>();
for (const [name, build] of Object.entries(functions)) known.set(name, new Global(name, build ?? undefined));
for (const [kind, dtype] of Object.entries(storages))
  for (const name of [`torch.${kind}Storage`, `torch.cuda.${kind}Storage`])
    known.set(name, new StorageClass(name, dtype));
for (const name of ['torch.storage.UntypedStorage', 'torch.UntypedStorage'])
  known.set(name, new StorageClass(name, 'U8'));
for (const [kind, dtype] of Object.entries(torchDtypes))
  known.set(`torch.${kind}`, new TorchDtype(`torch.${kind}`, dtype));

/** What is known by a name. Throws TorchFileError for everything else. */
export function findGlobal(name: string): Global {
  const found = known.get(name);
  if (found) return found;
  throw new TorchFileError(
    `It holds ${quoted(name)}, which is no part of a state dict and is not read. In PyTorch, ` +
      "torch.save(model.state_dict(), 'model.pt') writes a file that opens here.",
  );
}

/** What a persistent id stands for: a storage. Throws TorchFileError. */
export function loadStorage(id: PickleValue): Storage {
  const [kind, type, key, , count, part] = Array.isArray(id) ? id : [];
  if (kind !== 'storage') {
    const what = typeof kind === 'string' ? quoted(kind) : 'something';
    throw new TorchFileError(
      `It holds ${what} beside tensors, which is not read: save the state dict alone.`,
    );
  }
  if (!(type instanceof StorageClass) || typeof key !== 'string' || !isSize(count))
    throw new TorchFileError('It is damaged: one of its storages is not described.');
  if (part === undefined || part === null) return new Storage(key, type.dtype, count);
  const [, start, partCount] = Array.isArray(part) ? part : [];
  if (!isSize(start) || !isSize(partCount) || start + partCount > count)
    throw new TorchFileError(`It is damaged: a part of the storage ${quoted(key)} reaches beyond it.`);
  return new Storage(key, type.dtype, count, start, partCount);
}

function tensorView(
  storage: PickleValue | undefined,
  offset: PickleValue | undefined,
  shape: PickleValue | undefined,
  strides: PickleValue | undefined,
  dtype: PickleValue | undefined,
): TensorView {
  if (
    !(storage instanceof Storage && isSize(offset) && isSizes(shape) && isSizes(strides)) ||
    shape.length !== strides.length ||
    shape.length > MOST_DIMENSIONS
  ) {
    throw new TorchFileError('It is damaged: one of its tensors is not described.');
  }
  if (dtype === null) return new TensorView(storage, storage.dtype, offset, shape, strides);
  if (!(dtype instanceof TorchDtype && dtype.dtype)) {
    const name = dtype instanceof Global ? dtype.name : 'none';
    throw new TorchFileError(`It has a tensor of the dtype ${quoted(name)}, which is not read.`);
  }
  return new TensorView(storage, dtype.dtype, offset, shape, strides);
}

function dictOf(pairs: PickleValue | undefined): Map<PickleValue, PickleValue> {
  if (pairs instanceof Map) return new Map(pairs);
  const dict = new Map<PickleValue, PickleValue>();
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TorchFileError('It is damaged: it has a dict that is none.');
    dict.set(pair[0] as PickleValue, pair[1] as PickleValue);
  }
  return dict;
}

/** As many as PyTorch has. */
const MOST_DIMENSIONS = 64;

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isSize);
}
