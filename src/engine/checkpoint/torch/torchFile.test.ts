import { describe, expect, test } from 'vitest';
import { floatData } from '../model';
import { openTensorFile } from '../openTensorFile';
import { readSafetensors } from '../safetensors';
import { checkpointFile, checkpointWeights } from '../testing/checkpoints';
import { dict, legacyTorch, pickleOf, tensor, torchZip, twoStorages, whole } from '../testing/pickleParts';
import { openTorchFile } from './torchFile';

const open = (name: string) => openTorchFile(checkpointFile(name));

describe('the weights of a file of torch.save are those that PyTorch saved', () => {
  test.each<[name: string, prefix: string, dtype: string]>([
    ['zip.pt', '', 'F32'],
    ['zip-2.pt', '', 'F32'],
    ['legacy.pth', '', 'F32'],
    ['big-endian.pt', '', 'F32'],
    ['views.pt', '', 'F32'],
    ['legacy-views.pth', '', 'F32'],
    ['parameters.bin', '', 'F32'],
    ['half.pt', '', 'F16'],
    ['bfloat16.pt', '', 'BF16'],
    ['double-protocol-4.pt', '', 'F64'],
    ['compiled.pt', '_orig_mod.', 'F32'],
    ['averaged.pt', 'module.', 'F32'],
    ['checkpoint.pt', 'model_state_dict.module.', 'F32'],
    ['lightning.ckpt', 'state_dict.eps_model.', 'F32'],
    ['ema-pytorch.pt', 'ema.online_model.model.', 'F32'],
  ])('%s', (name, prefix, dtype) => {
    const file = open(name);
    const names = [...checkpointWeights.keys()];
    const tensors = file.read(names.map((inner) => prefix + inner));
    for (const inner of names) {
      const expected = checkpointWeights.get(inner) as NonNullable<ReturnType<typeof tensors.get>>;
      const actual = tensors.get(prefix + inner) as typeof expected;
      expect(actual).toMatchObject({ dtype, shape: expected.shape });
      expect(floatData(inner, actual)).toEqual(floatData(inner, expected));
    }
  });
});

test('what a checkpoint has beside tensors is named, and numbers and texts of it are kept', () => {
  const { others, values, entries } = open('checkpoint.pt');
  expect(others).toEqual([
    ...['epoch', 'optimizer_state_dict.param_groups', 'scheduler', 'loss', 'best', 'losses', 'args'],
    ...['random.0', 'random.1', 'big', 'names', 'raw', 'missing', 'size', 'dtype', 'device'],
  ]);
  expect(Object.fromEntries(values)).toMatchObject({
    epoch: 3,
    'args.image_size': 8,
    'args.lr': 1e-3,
    'losses.1': 0.25,
    'scheduler.last_epoch': 0,
    'optimizer_state_dict.param_groups.0.betas.1': 0.999,
  });
  // torch.get_rng_state() is a tensor; Adam keeps three of each parameter.
  expect(entries.get('random.2')).toMatchObject({ dtype: 'U8' });
  expect(entries.has('optimizer_state_dict.state.0.exp_avg_sq')).toBe(true);
});

test('a Buffer of Node, whose slice does not copy, is read as it is and left so', () => {
  for (const name of ['checkpoint.pt', 'legacy-views.pth', 'big-endian.pt']) {
    const bytes = Buffer.from(checkpointFile(name));
    const file = openTorchFile(bytes);
    const names = [...file.entries.keys()];
    expect(file.read(names)).toEqual(open(name).read(names));
    expect(Buffer.compare(bytes, checkpointFile(name)), name).toBe(0);
  }
});

test('every dtype is as the safetensors library writes it', () => {
  const expected = readSafetensors(checkpointFile('dtypes.safetensors')).tensors;
  const file = open('dtypes.pt');
  expect(file.read(expected.keys())).toEqual(expected);
  expect(file.entries.size).toBe(expected.size);
});

test('the elements of a tensor that is not asked for are not looked for', () => {
  const bytes = checkpointFile('zip.pt');
  const file = openTorchFile(bytes);
  const [first, second] = [...file.entries.keys()] as [string, string];
  const before = file.read([first]).get(first)?.data;
  // The second member's local header is destroyed.
  const at = Buffer.from(bytes).indexOf('zip/data/1', 0, 'latin1');
  bytes.fill(0xff, at - 26, at);
  expect(file.read([first]).get(first)?.data).toEqual(before);
  expect(() => file.read([second])).toThrow();
});

test('a checkpoint takes the memory of the tensors that are read, not that of its optimizer', () => {
  const count = 5e6;
  const moments = tensor({ key: '1', count, shape: [whole(count)] });
  const pickle = pickleOf(dict({ model: dict({ w: tensor() }), optimizer: dict({ v: moments }) }));
  for (const bytes of [
    torchZip(pickle, { 0: new Uint8Array(16), 1: new Uint8Array(4 * count) }),
    legacyTorch(pickle, 1001, twoStorages(count)),
  ]) {
    const before = process.memoryUsage().arrayBuffers;
    const file = openTorchFile(bytes);
    expect(file.read(['model.w']).get('model.w')?.data).toEqual(Float32Array.of(0, 0));
    expect((process.memoryUsage().arrayBuffers - before) / bytes.length).toBeLessThan(0.1);
    expect(file.read(['optimizer.v']).get('optimizer.v')?.data).toHaveLength(count);
  }
});

describe('refused by name', () => {
  test.each<[name: string, message: RegExp]>([
    [
      'hostile.pt',
      /'posix\.system', which is no part of a state dict and is not read.*torch\.save\(model\.state_dict/,
    ],
    ['hostile-legacy.pt', /'posix\.system'/],
    ['whole-module.pt', /'ddpm_scale_out\.unet\.UNet'/],
    ['arrays.pkl', /is a pickle, but not one of torch\.save/],
  ])('%s', (name, message) => {
    expect(() => openTensorFile(checkpointFile(name))).toThrow(message);
    expect(() => openTensorFile(checkpointFile(name))).toThrow(
      expect.objectContaining({ name: 'TorchFileError' }),
    );
  });
});
