import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fuzzRuns } from '../fuzz';
import { createTrainingState, disposeTrainingState } from '../training/trainer';
import { parseModelConfig } from '../unet/config';
import { readBundle, writeBundle } from './bundle';
import { fileOf, type Parts, partsOf } from './testing/parts';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 4,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 2,
  n_final_groups: 2,
});

let whole: Uint8Array;
beforeAll(async () => {
  await startWasm({ threads: 1 });
  const state = createTrainingState(config, 1);
  state.step = 3;
  whole = await writeBundle(state, { dataset: 'digits' }, Float32Array.of(3, 2, 1));
  disposeTrainingState(state);
});

/** Two numbers choose what is harmed, and how. */
type Harm = (parts: Parts, which: number, how: number) => Uint8Array;

const tensorOf = ({ tensors }: Parts, which: number) =>
  tensors[which % tensors.length] as Parts['tensors'][number];

/** One of the weights, averages or moments: the losses may be of any length, or none. */
const parameterOf = (parts: Parts, which: number) => {
  const parameters = parts.tensors.filter(({ name }) => name !== 'history.loss');
  return tensorOf({ ...parts, tensors: parameters }, which);
};

function withMetadata(entry: string, change: (json: Record<string, unknown>, how: number) => unknown): Harm {
  return (parts, _, how) => {
    const json = JSON.parse(parts.metadata[entry] as string);
    const changed = change(json, how) ?? json;
    parts.metadata[entry] = typeof changed === 'string' ? changed : JSON.stringify(changed);
    return fileOf(parts);
  };
}

const harms: [what: string, harm: Harm, message: RegExp][] = [
  [
    'a header length of 2⁶³ and more',
    (_, which) => {
      const bytes = whole.slice();
      new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n + BigInt(which), true);
      return bytes;
    },
    /header takes 9223372\d+ bytes, but only/,
  ],
  ['a cut', (_, which) => whole.slice(0, which % whole.length), /too short|cut off|no safetensors file/],
  [
    'offsets out of range',
    (parts, which, how) => {
      const { description } = tensorOf(parts, which);
      description.data_offsets = description.data_offsets.map((at) => at + whole.length + how) as never;
      return fileOf(parts, false);
    },
    /of a file of \d+: the file is cut off, or its header is wrong/,
  ],
  [
    'offsets that overlap',
    (parts, which, how) => {
      const { description, bytes } = tensorOf({ ...parts, tensors: parts.tensors.slice(1) }, which);
      const back = 1 + (how % Math.max(1, description.data_offsets[0]));
      const begin = Math.max(0, description.data_offsets[0] - back);
      description.data_offsets = [begin, begin + bytes.length];
      return fileOf(parts, false);
    },
    /overlaps|hole of \d+ bytes/,
  ],
  [
    'a name twice',
    (parts, which, how) => {
      const one = tensorOf(parts, which);
      parts.tensors.splice(how % parts.tensors.length, 0, { ...one });
      return fileOf(parts);
    },
    /has the name '.*' twice/,
  ],
  [
    'a missing name',
    (parts, which) => {
      parts.tensors.splice(parts.tensors.indexOf(parameterOf(parts, which)), 1);
      return fileOf(parts);
    },
    /The parameter '.*' is missing/,
  ],
  [
    'a name too much',
    (parts, which, how) => {
      const name = ['__proto__', 'constructor', 'extra', 'ema.__proto__', ''][how % 5] as string;
      parts.tensors.push({ ...parameterOf(parts, which), name });
      return fileOf(parts);
    },
    /The config has no parameter '.*', but the file does/,
  ],
  [
    'another shape',
    (parts, which, how) => {
      const { description } = parameterOf(parts, which);
      const { shape } = description;
      const count = shape.reduce((product, size) => product * size, 1);
      description.shape = [
        [1, ...shape],
        [...shape, 1],
        [count, 1, 1, 1, 1],
      ][how % 3] as number[];
      return fileOf(parts);
    },
    /The parameter '.*' is \[[\d,]+\], but the config needs \[/,
  ],
  [
    'a shape that needs other bytes',
    (parts, which, how) => {
      const { description } = tensorOf(parts, which);
      description.shape = [...description.shape, 2 + how];
      return fileOf(parts);
    },
    /bytes, but its shape \[[\d,…]+\] in F32 needs/,
  ],
  [
    'another dtype',
    (parts, which, how) => {
      parameterOf(parts, which).description.dtype = ['I32', 'U8', 'F64', 'BF16', '__proto__'][
        how % 5
      ] as string;
      return fileOf(parts);
    },
    /holds I32, but must hold|in (U8|F64|BF16) needs|which cannot be read: it must be one of/,
  ],
  [
    'a weight that is no number',
    (parts, which, how) => {
      const { bytes } = parameterOf(parts, which);
      const value = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][how % 3] as number;
      new DataView(bytes.buffer, bytes.byteOffset).setFloat32(4 * (how % (bytes.length / 4)), value, true);
      return fileOf(parts);
    },
    /holds NaN or infinity/,
  ],
  [
    'a negative second moment',
    (parts, which, how) => {
      const moments = parts.tensors.filter(({ name }) => name.startsWith('adam.v.'));
      const { bytes } = tensorOf({ ...parts, tensors: moments }, which);
      new DataView(bytes.buffer, bytes.byteOffset).setFloat32(4 * (how % (bytes.length / 4)), -1 - how, true);
      return fileOf(parts);
    },
    /second moment 'adam\.v\..*' is negative/,
  ],
  [
    'a config that is no JSON',
    withMetadata('config', (_, how) => '{"n_channels"'.slice(0, how % 13)),
    /is not JSON/,
  ],
  [
    'a config of the prototype',
    withMetadata('config', (json) => `{"__proto__":${JSON.stringify(json)}}`),
    /config is not valid/,
  ],
  [
    'a network of all channels',
    withMetadata('config', (json) => ({
      ...json,
      n_channels: 1024,
      ch_mults: new Array(8).fill(8),
      is_attn: new Array(8).fill(true),
      n_blocks: 8,
      image_size: 256,
    })),
    /n_|config|parameter/i,
  ],
  [
    'a step that is none',
    withMetadata('training', (json, how) => ({ ...json, step: [-1, 1.5, 1e300, '3', null, [3]][how % 6] })),
    /training state in the file is not valid/,
  ],
  [
    'a random state that is none',
    withMetadata('training', (json, how) => ({
      ...json,
      random: [[0, 0, 0, 0], [1, 2, 3], [1, 2, 3, 2 ** 32], [1, 2, 3, -1], 'x'][how % 5],
    })),
    /training state in the file is not valid/,
  ],
  [
    'a version from the future',
    withMetadata('training', (json, how) => ({ ...json, version: 2 + how })),
    /written by a later version of this program/,
  ],
  [
    'a training state of the prototype',
    withMetadata('training', (json) => `{"__proto__":${JSON.stringify(json)}}`),
    /training state in the file is not valid/,
  ],
];

const known = ['SafetensorsError', 'ConfigError', 'StateDictError', 'CheckpointError'];

/** The error of reading it, which must be one that is meant for the user and leave nothing behind. */
function refusal(bytes: Uint8Array): Error | undefined {
  const before = bytes.slice();
  let error: Error | undefined;
  try {
    readBundle(bytes);
  } catch (thrown) {
    error = thrown as Error;
    expect(known, String(error.stack)).toContain(error.name);
  }
  expect(Buffer.compare(bytes, before)).toBe(0);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return error;
}

test('a sound bundle taken apart and put together is read', () => {
  expect(refusal(fileOf(partsOf(whole)))).toBeUndefined();
});

test.each(harms)('%s is refused with its reason', { timeout: 300_000 }, (_, harm, message) => {
  const runs = Math.ceil(fuzzRuns / harms.length);
  fc.assert(
    fc.property(fc.nat(), fc.nat(1e6), (which, how) => {
      expect(refusal(harm(partsOf(whole), which, how))?.message).toMatch(message);
    }),
    { numRuns: runs },
  );
});

test('whatever JSON the metadata hold: a model or a message', { timeout: 300_000 }, () => {
  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(1e308, -0, 2 ** 53, '__proto__', { __proto__: null }, 'drawn:', 'linear\u0000'),
  );
  const fields = fc.constantFrom(
    ...[
      'image_channels',
      'image_size',
      'n_channels',
      'ch_mults',
      'is_attn',
      'n_blocks',
      'n_steps',
      'n_groups',
    ],
    ...['n_final_groups', 'dropout', 'n_classes', 'schedule', 'objective', '__proto__'],
  );
  fc.assert(
    fc.property(fields, json, fc.constantFrom('config', 'training'), json, (field, value, entry, other) => {
      const parts = partsOf(whole);
      const config = JSON.parse(parts.metadata.config as string);
      Object.defineProperty(config, field, { value, enumerable: true });
      parts.metadata.config = JSON.stringify(config);
      refusal(fileOf(parts));
      const second = partsOf(whole);
      second.metadata[entry] = JSON.stringify(other);
      refusal(fileOf(second));
    }),
    { numRuns: fuzzRuns },
  );
});

test('bytes of the file changed anywhere: a model or a message', { timeout: 300_000 }, () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(changes, fc.boolean(), (list, inHeader) => {
      const bytes = whole.slice();
      const range = inHeader
        ? whole.length - partsOf(whole).tensors.reduce((n, t) => n + t.bytes.length, 0)
        : whole.length;
      for (const [at, value] of list) bytes[at % range] = value;
      refusal(bytes);
    }),
    { numRuns: fuzzRuns },
  );
});
