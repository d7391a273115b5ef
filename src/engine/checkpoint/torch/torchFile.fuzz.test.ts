import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '../../fuzz';
import { checkpointFile } from '../testing/checkpoints';
import {
  bytesOf,
  dict,
  float,
  global,
  legacyTorch,
  oneStorage,
  type Part,
  pickleOf,
  tensor,
  text,
  torchZip,
  tuple,
  whole,
} from '../testing/pickleParts';
import { openTorchFile } from './torchFile';

/** Reads all of a file; the error, which must be one that is meant for the user. */
function refusal(bytes: Uint8Array): string | null {
  const before = bytes.slice();
  try {
    const file = openTorchFile(bytes);
    file.read(file.entries.keys());
    return null;
  } catch (error) {
    expect((error as Error).name, (error as Error).stack).toBe('TorchFileError');
    return (error as Error).message;
  } finally {
    expect(Buffer.compare(bytes, before)).toBe(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }
}

/** A pickle of these operations in both forms, with the storage that its tensors name, or none. */
function both(...parts: Part[]): Uint8Array[] {
  const pickle = pickleOf(...parts);
  const hasStorage = Buffer.from(pickle).includes('_rebuild_tensor_v2');
  return [torchZip(pickle), legacyTorch(pickle, 1001, hasStorage ? undefined : pickleOf(']'))];
}

test('a sound file of the parts that the others are made of is read, in both forms', () => {
  for (const bytes of both(dict({ w: tensor(), epoch: whole(3) }))) expect(refusal(bytes)).toBeNull();
});

describe('operations that no state dict needs', () => {
  test.each<[name: string, parts: Part[]]>([
    ['INST', ['(', 'ios\nsystem\n']],
    ['OBJ', ['(', global('torch', 'Size'), 'o']],
    ['EXT1', [[0x82, 1]]],
    ['PERSID', ['P0\n']],
    ['INT', ['I1\n']],
    ['LONG', ['L1L\n']],
    ['STRING', ["S'a'\n"]],
    ['UNICODE', ['Va\n']],
    ['FLOAT', ['F1.0\n']],
    ['GET', ['g0\n']],
    ['PUT', ['p0\n']],
    ['DUP', ['}', '2']],
    ['POP', ['}', '0']],
    ['NEWOBJ_EX', [global('torch', 'Size'), ')', '}', [0x92]]],
    ['NEXT_BUFFER', [[0x97]]],
  ])('%s', (_, parts) => {
    for (const bytes of both(...parts)) expect(refusal(bytes)).toMatch(/operation 0x[0-9a-f]{2} at byte \d+/);
  });
});

describe('names that no state dict needs', () => {
  const names = [
    ...[
      'os.system',
      'posix.system',
      'builtins.eval',
      'builtins.exec',
      'builtins.getattr',
      'builtins.__import__',
    ],
    ...['subprocess.Popen', 'torch.load', 'torch.hub.load', 'torch.jit._script.unpackage_script_module'],
    ...['__main__.UNet', 'numpy.load', 'operator.attrgetter', 'torch._utils._rebuild_sparse_tensor'],
    ...['torch.__proto__', 'constructor.constructor', '__proto__.toString', '.', 'torch.QInt8Storage'],
  ];
  test.each(names)('%s', (name) => {
    const at = name.lastIndexOf('.');
    const [module, member] = [name.slice(0, at), name.slice(at + 1)];
    const byLine: Part[] = [global(module, member), tuple(text('touch ran')), 'R'];
    const byStack: Part[] = [text(module), text(member), [0x93], ')R'];
    for (const parts of [byLine, byStack])
      for (const bytes of both(...parts))
        expect(refusal(bytes)).toContain(`It holds '${name}', which is no part`);
  });

  test.each(names.slice(0, 4))('%s as the class of a storage', (name) => {
    const [module, member] = name.split('.') as [string, string];
    for (const bytes of both(dict({ w: tensor({ storageClass: global(module, member) }) })))
      expect(refusal(bytes)).toContain(`It holds '${name}'`);
  });
});

describe('pickles that mislead', () => {
  const self: Part[] = [']', 'q\u0000', 'h\u0000', 'a'];
  const levels = (count: number): Part[] =>
    Array.from({ length: count }, (_, i) =>
      bytesOf('](', ...new Array(10).fill(`h${String.fromCharCode(i)}`), 'e'),
    ).map((list, i): Part => [...list, 0x71, i + 1]);
  test.each<[what: string, parts: Part[], message: RegExp]>([
    ['of protocol 1', [[0x80, 1], '}'], /protocol 1; protocols 2 to 5/],
    ['of protocol 6', [[0x80, 6], '}'], /protocol 6/],
    ['call what is only a name', [global('torch', 'FloatStorage'), ')R'], /calls 'torch.FloatStorage'/],
    ['call a text', [text('os.system'), ')R'], /calls what is no function/],
    ['call without a tuple', [global('torch', 'Size'), '}R'], /calls what is no function/],
    ['name a class by a number', [whole(1), whole(2), [0x93]], /names no class/],
    ['set the state of a list', [']}b'], /state of what has none/],
    [
      'set the state of a namespace to a list',
      [global('argparse', 'Namespace'), ')', [0x81], ']b'],
      /is no dict/,
    ],
    ['append to a dict', ['}', whole(1), 'a'], /appends to what is no list/],
    ['set items of a list', [']', whole(1), whole(1), 's'], /sets items of what is no dict/],
    ['set half an item', ['}(', whole(1), 'u'], /sets items of what is no dict/],
    ['take from an empty stack', ['a'], /takes a value that is not there/],
    ['take from below a mark', [whole(1), '(', [0x85]], /takes a value that is not there/],
    ['take a mark that is not there', ['}', 'u'], /takes a mark that is not there/],
    ['recall what was not kept', ['h\u0007'], /asks for a value that it has not kept/],
    ['keep nothing', ['q\u0000'], /takes a value that is not there/],
    ['leave values behind', ['}', '}'], /leaves values behind/],
    ['leave a mark behind', ['(', '}', '}'], /takes a value|leaves values behind/],
    ['have a text of 2⁶³ bytes', [[0x8d, 0, 0, 0, 0, 0, 0, 0, 0x80]], /is cut off/],
    ['have bytes of 4 GB', [[0x42, 0xff, 0xff, 0xff, 0xff]], /is cut off/],
    ['have a number of 2 GB', [[0x8b, 0xff, 0xff, 0xff, 0x7f]], /a whole number of 2147483647 bytes/],
    ['have a name without an end', ['ctorch'], /is cut off/],
    ['hold no tensor', [dict({ a: whole(1) })], /holds no tensors/],
    ['hold a list that holds itself', self, /nested more than 32 deep/],
    [
      'nest dicts',
      [...new Array(40).fill(bytesOf(']')).map((b): Part => [...b]), ...new Array(39).fill('a')],
      /nested more/,
    ],
    [
      'stand for 10¹² names',
      [']q\u0000', ...levels(12), ...new Array(12).fill([0x86])],
      /more names than are read/,
    ],
    [
      'give a dict odd pairs',
      [global('collections', 'OrderedDict'), tuple(tuple(whole(1))), 'R'],
      /dict that is none/,
    ],
    [
      'name one tensor twice',
      [dict({ 'a.b': tensor(), a: dict({ b: tensor() }) })],
      /two tensors with the name 'a\.b'/,
    ],
    ['save a module', [tuple(text('module'), whole(1)), 'Q'], /holds 'module' beside tensors/],
    ['have another id', [whole(1), 'Q'], /holds something beside tensors/],
  ])('that %s', (_, parts, message) => {
    for (const bytes of both(...parts)) expect(refusal(bytes)).toMatch(message);
  });

  test('that never end, or fill the memory', () => {
    const many = (part: string, count: number) => torchZip(bytesOf([0x80, 2], part.repeat(count)));
    expect(refusal(many('(', 4_000_100))).toMatch(/more than 4,000,000 operations/);
    expect(refusal(many('}', 1_000_100))).toMatch(/more than 1,000,000 objects/);
    expect(refusal(many(']', 1_000_100))).toMatch(/more than 1,000,000 objects/);
    expect(refusal(many('N', 100))).toMatch(/is cut off/);
  });
});

describe('tensors that do not fit their storages', () => {
  const sizes = (...values: number[]) => values.map(whole);
  test.each<[what: string, part: Part, message: RegExp]>([
    ['a negative offset', tensor({ offset: whole(-1) }), /one of its tensors is not described/],
    ['an offset of 2⁶³', tensor({ offset: [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80] }), /not described/],
    ['an offset of half an element', tensor({ offset: float(0.5) }), /not described/],
    ['an offset beyond it', tensor({ offset: whole(3) }), /'w' reaches beyond its storage/],
    ['a negative size', tensor({ shape: sizes(-2) }), /not described/],
    ['a size of infinity', tensor({ shape: [float(Number.POSITIVE_INFINITY)] }), /not described/],
    ['more sizes than strides', tensor({ shape: sizes(2, 1) }), /not described/],
    [
      '65 dimensions',
      tensor({ shape: sizes(...new Array(65).fill(1)), strides: sizes(...new Array(65).fill(1)) }),
      /not/,
    ],
    ['a stride beyond it', tensor({ strides: sizes(4) }), /'w' reaches beyond its storage/],
    ['a size beyond it', tensor({ shape: sizes(5) }), /'w' reaches beyond its storage/],
    [
      '2¹²⁰ elements in one',
      tensor({ shape: sizes(2 ** 30, 2 ** 30, 2 ** 30, 2 ** 30), strides: sizes(0, 0, 0, 0) }),
      /memory/,
    ],
    ['a storage of another size', tensor({ count: 5 }), /has 16 bytes, but needs 20|storages end at byte/],
    [
      'a storage that is not there',
      tensor({ key: '1' }),
      /a\/data\/1' is missing|storage that no tensor names/,
    ],
    ['a storage outside', tensor({ key: '../../0' }), /is missing|storage that no tensor names/],
    ['a storage of the prototype', tensor({ key: '__proto__' }), /is missing|storage that no tensor names/],
  ])('%s', (_, part, message) => {
    for (const bytes of both(dict({ w: part }))) expect(refusal(bytes)).toMatch(message);
  });

  test('one storage with two sizes', () => {
    for (const bytes of both(dict({ a: tensor(), b: tensor({ count: 3 }) })))
      expect(refusal(bytes)).toMatch(/storage '0' has two sizes/);
  });

  test('a part of a storage that reaches beyond it', () => {
    const part = tuple(text('view'), whole(3), whole(2));
    const id = tuple(
      text('storage'),
      global('torch', 'FloatStorage'),
      text('0'),
      text('cpu'),
      whole(4),
      part,
    );
    for (const bytes of both(id, 'Q'))
      expect(refusal(bytes)).toMatch(/part of the storage '0' reaches beyond it/);
  });
});

describe('containers that are damaged', () => {
  const sound = pickleOf(dict({ w: tensor() }));
  test.each<[what: string, bytes: Uint8Array, message: RegExp]>([
    ['an archive that is cut off', torchZip(sound).slice(0, -30), /zip archive that is cut off or damaged/],
    ['the beginning of one', bytesOf('PK', [3, 4]), /zip archive that is cut off or damaged/],
    [
      'an archive of something else',
      torchZip(sound, {}, {}).map((b) => (b === 0x70 ? 0x71 : b)),
      /without a 'data\.pkl'/,
    ],
    [
      'another byte order',
      torchZip(sound, undefined, { 'a/byteorder': bytesOf('middle') }),
      /byte order is 'middle'/,
    ],
    ['a pickle of something else', bytesOf([0x80, 2], '}.'), /not one of torch\.save/],
    ['another version', legacyTorch(sound, 1002), /version 1002 of torch\.save; 1001 is read/],
    ['storages that are cut off', legacyTorch(sound).slice(0, -1), /storages end at byte \d+/],
    ['a storage with another count', legacyTorch(sound, 1001, oneStorage('0', 4, 5)), /not of the size/],
    ['a storage nobody names', legacyTorch(sound, 1001, oneStorage('7', 4)), /storage that no tensor names/],
    ['no list of storages', legacyTorch(sound, 1001, pickleOf('}')), /no list of its storages/],
    ['an empty list of storages', legacyTorch(sound, 1001, pickleOf(']')), /storage '0' is missing/],
  ])('%s', (_, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  test('an archive that says to have four billion members', () => {
    const bytes = torchZip(sound);
    // Zip64: a locator and its record, which stand before the end of the central directory.
    const end = bytes.slice(-22);
    const record = new Uint8Array(56 + 20);
    const view = new DataView(record.buffer);
    const start = bytes.length - 22;
    view.setUint32(0, 0x06064b50, true);
    view.setUint32(32, 0xffffffff, true);
    view.setUint32(48, new DataView(end.buffer).getUint32(16, true), true);
    view.setUint32(56, 0x07064b50, true);
    view.setUint32(56 + 8, start, true);
    new DataView(end.buffer).setUint16(8, 0xffff, true);
    const hostile = bytesOf([...bytes.slice(0, -22)], [...record], [...end]);
    expect(refusal(hostile)).toMatch(/more than 1000000 members|cut off or damaged/);
  });

  test('a member that says it unpacks to a gigabyte', () => {
    const bytes = torchZip(sound);
    const at = Buffer.from(bytes).lastIndexOf('a/data/0');
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint16(at - 36, 8, true);
    view.setUint32(at - 22, 2 ** 30, true);
    expect(refusal(bytes)).toMatch(/has 1073741824 bytes, but needs 16/);
    const pickle = Buffer.from(bytes).lastIndexOf('a/data.pkl');
    view.setUint16(pickle - 36, 8, true);
    view.setUint32(pickle - 22, 2 ** 27, true);
    expect(refusal(bytes)).toMatch(/cannot be that large/);
    view.setUint32(pickle - 22, 2 ** 30, true);
    expect(refusal(bytes)).toMatch(/pickle takes 1073741824 bytes; at most/);
  });
});

const files = ['zip-2.pt', 'legacy-views.pth', 'checkpoint.pt', 'inputs.pt'].map(checkpointFile);
/** The part of a file that says what is in it. */
const telling = (bytes: Uint8Array) => {
  const start = Buffer.from(bytes).indexOf('_rebuild_tensor_v2') - 60;
  return { start, length: Math.min(40_000, bytes.length - start) };
};

test('bytes of a file changed anywhere: tensors or a message', { timeout: 300_000 }, () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.nat(files.length - 1), changes, fc.boolean(), (which, list, inPickle) => {
      const bytes = (files[which] as Uint8Array).slice();
      const { start, length } = inPickle ? telling(bytes) : { start: 0, length: bytes.length };
      for (const [at, value] of list) bytes[Math.max(2, start + (at % length))] = value;
      refusal(bytes);
    }),
    { numRuns: fuzzRuns },
  );
});

test('pickles of known operations in any order: tensors or a message', { timeout: 300_000 }, () => {
  const operation = fc.oneof(
    fc.constantFrom<Part>(
      ...['(', ')', ']', '}', 't', 'l', 'a', 'e', 's', 'u', 'R', 'b', 'Q', 'N', 'q\u0000', 'h\u0000'],
    ),
    fc.constantFrom<Part>([0x81], [0x85], [0x86], [0x87], [0x88], [0x8f], [0x90], [0x91], [0x93], [0x94]),
    fc.constantFrom<Part>(tensor(), text('storage'), text('0'), text('torch'), text('FloatStorage')),
    fc.constantFrom<Part>(global('torch._utils', '_rebuild_tensor_v2'), global('collections', 'OrderedDict')),
    fc.constantFrom<Part>(
      global('argparse', 'Namespace'),
      global('numpy', 'dtype'),
      global('torch', 'float32'),
    ),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(whole),
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (parts) => {
      for (const bytes of both(...parts)) refusal(bytes);
    }),
    { numRuns: fuzzRuns },
  );
});
