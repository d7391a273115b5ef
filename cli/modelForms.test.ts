import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { floatData } from '../src/engine/checkpoint/model';
import { readSafetensors } from '../src/engine/checkpoint/safetensors';
import {
  checkpointConfig,
  checkpointFile,
  checkpointWeights,
} from '../src/engine/checkpoint/testing/checkpoints';
import { floatsOf } from '../src/engine/halves';
import { runCommandLine } from './commandLine';
import { golden, temporaryFolder } from './testing/runCli';

// Commands start the engine.
vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string) => golden(`checkpoints/${name}`);
const config = file('config.json');

/** Runs a command line in this process; the JSON that it says, and what it warned of. */
async function run(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine([...args, '--json'], {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  expect(code, stderr).toBe(0);
  return { facts: JSON.parse(stdout) as Record<string, unknown>, warned: stderr.trim() };
}

const outputs = readSafetensors(checkpointFile('outputs.safetensors')).tensors;
const output = (name: string) => outputs.get(name)?.data as Float32Array;

describe('a model as PyTorch users have it is converted, whole and exactly', () => {
  test.each<[name: string, share: number, warned: RegExp]>([
    [
      'plain.safetensors',
      1,
      /plain\.safetensors: Assumed, as it has no config: schedule linear, objective epsilon\.$/,
    ],
    ['bfloat16.safetensors', 1, /The weights under 'model\.' are used\. Not read: betas\./],
    [
      'beside-ema.safetensors',
      0.5,
      /The EMA weights under 'ema\.' are used\. The raw weights are those without/,
    ],
    ['zip.pt', 1, /Assumed/],
    ['zip-2.pt', 1, /Assumed/],
    ['legacy.pth', 1, /Assumed/],
    ['views.pt', 1, /Assumed/],
    ['big-endian.pt', 1, /Assumed/],
    ['half.pt', 1, /Assumed/],
    ['bfloat16.pt', 1, /Assumed/],
    ['parameters.bin', 1, /Assumed/],
    ['compiled.pt', 1, /The weights under '_orig_mod\.' are used\./],
    ['averaged.pt', 1, /The weights under 'module\.' are used\. Not read: n_averaged\./],
    [
      'checkpoint.pt',
      1,
      /'model_state_dict\.module\.' are used\. Not read: optimizer_state_dict, random, epoch/,
    ],
    ['lightning.ckpt', 1, /'state_dict\.eps_model\.' are used\. Not read: state_dict\.betas, callbacks,/],
    [
      'ema-pytorch.pt',
      0.5,
      /'ema\.ema_model\.model\.' are used\..*'model\.model\.'\. Not read: model\.betas/,
    ],
  ])('%s', async (name, share, warned) => {
    const out = folder.at(`${name}.safetensors`);
    const converted = await run('convert', file(name), '--config', config, '--out', out);
    expect(converted.warned).toMatch(warned);
    expect(converted.warned).toMatch(/^ddpm: .*$/);
    const read = readBundle(readFileSync(out));
    expect(read.config).toEqual(checkpointConfig);
    for (const [parameter, tensor] of checkpointWeights) {
      const expected = floatData(parameter, tensor).map((value) => share * value);
      expect(floatsOf(read.ema.get(parameter)?.data as Float32Array)).toEqual(expected);
    }
  });
});

test.each(['raw', 'ema'])(
  'the %s weights of a checkpoint predict what PyTorch predicts with them',
  async (which) => {
    const out = folder.at(`${which}.safetensors`);
    const inputs = file('outputs.safetensors');
    const options = ['--config', config, '--inputs', inputs, '--weights', which, '--out', out];
    await run('predict', '--model', file('ema-pytorch.pt'), ...options);
    const eps = readSafetensors(readFileSync(out)).tensors.get('eps')?.data as Float32Array;
    const expected = output(which === 'ema' ? 'eps_ema' : 'eps');
    const scale = Math.max(...expected.map(Math.abs));
    for (const [i, value] of expected.entries())
      expect(Math.abs((eps[i] as number) - value) / scale).toBeLessThan(1e-5);
  },
);

test('inputs may be in a file of PyTorch, and tell the size of the images of a model that does not', async () => {
  const part = folder.at('part.json');
  writeFileSync(part, JSON.stringify({ n_steps: 50, n_groups: 2, n_final_groups: 2 }));
  const out = folder.at('from-torch.safetensors');
  const options = ['--inputs', file('inputs.pt'), '--config', part, '--out', out];
  const { warned } = await run('predict', '--model', file('legacy.pth'), ...options);
  expect(warned).toMatch(/Assumed, as it has no config: dropout 0\.1, schedule linear, objective epsilon\.$/);
  const eps = readSafetensors(readFileSync(out)).tensors.get('eps')?.data as Float32Array;
  const expected = output('eps');
  for (const [i, value] of expected.entries()) expect(eps[i]).toBeCloseTo(value, 4);
});

test('a checkpoint that tells its config needs none to sample', async () => {
  const out = folder.at('samples.safetensors');
  const { facts } = await run(
    ...['sample', '--model', file('lightning.ckpt'), '--sampler', 'ddim', '--steps', '4', '--count', '2'],
    ...['--out', out],
  );
  expect(facts).toMatchObject({ count: 2, steps: 4 });
  expect(readSafetensors(readFileSync(out)).tensors.get('x0')?.shape).toEqual([2, 1, 8, 8]);
});

test('training goes on from the weights of a checkpoint, at the size of the data', async () => {
  const out = folder.at('trained.safetensors');
  const options = [
    '--dataset',
    'digits',
    '--steps',
    '1',
    '--batch',
    '4',
    '--learning-rate',
    '1e-9',
    '--out',
    out,
  ];
  const { facts, warned } = await run('train', '--resume', file('zip.pt'), ...options);
  expect(facts).toMatchObject({ step: 1 });
  expect(warned).toMatch(/zip\.pt: Assumed, as it has no config: n_steps 1000, n_groups 4,/);
  const {
    weights,
    config: trained,
    training,
  } = readBundle(readFileSync(folder.at('trained.training.safetensors')));
  expect(trained).toMatchObject({ imageSize: 8, nSteps: 1000, nGroups: 4, nChannels: 4 });
  expect(training).toMatchObject({ step: 1, extra: { sawHeldOut: true } });
  for (const [name, tensor] of checkpointWeights) {
    const expected = floatData(name, tensor);
    for (const [i, value] of floatsOf(weights.get(name)?.data as Float32Array).entries())
      expect(value).toBeCloseTo(expected[i] as number, 6);
  }
  const given = ['--config', config, '--state', folder.at('b.training.safetensors'), '--force'];
  await run('train', '--resume', file('zip.pt'), ...options, ...given);
  expect(readBundle(readFileSync(folder.at('b.training.safetensors'))).config).toEqual(checkpointConfig);
});

test('a training state of a checkpoint starts at step 0, and is taken to have seen held-out images', async () => {
  const out = folder.at('state.safetensors');
  await run('convert', file('zip.pt'), '--to', 'state', '--config', config, '--out', out);
  expect(readBundle(readFileSync(out)).training).toMatchObject({ step: 0, extra: { sawHeldOut: true } });
});

describe('info says what is in a file', () => {
  test('of a checkpoint what shapes and clues tell, which weights, and what is not read', async () => {
    const { facts } = await run('info', file('lightning.ckpt'));
    expect(facts).toMatchObject({
      ...{ kind: 'state dict', format: 'torch', parameters: 9913, training: null, metadata: {} },
      config: {
        ...{ image_channels: 1, n_channels: 4, ch_mults: [1, 2], is_attn: [false, true], n_blocks: 1 },
        ...{ n_classes: 0, image_size: 8, n_steps: 50, n_groups: 2, n_final_groups: 2, dropout: 0 },
        schedule: 'linear',
      },
      weights: { prefix: 'state_dict.eps_model.', ema: false },
    });
    expect(facts.ignored).toContain('optimizer_states');
    expect(facts.others).toContain('pytorch-lightning_version');
  });

  test('of any file every dtype', async () => {
    const expected = [
      ...['F64', 'F32', 'F16', 'BF16', 'I64', 'I32', 'I16', 'I8', 'U8', 'U16', 'U32', 'U64', 'BOOL'],
      ...['F8_E4M3', 'F8_E5M2', 'F8_E8M0', 'C64'],
    ];
    for (const name of ['dtypes.safetensors', 'dtypes.pt']) {
      const { facts } = await run('info', file(name));
      expect(facts.kind).toBe('tensors');
      const tensors = facts.tensors as { dtype: string; shape: number[] }[];
      expect(tensors.map(({ dtype }) => dtype).sort()).toEqual(expected.toSorted());
      expect(tensors.every(({ shape }) => shape.join() === '3')).toBe(true);
    }
  });
});
