import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { golden, runCli, temporaryFolder } from './testing/runCli';
import { runHere } from './testing/runHere';

const folder = temporaryFolder();
afterAll(folder.remove);

const model = golden('tiny.model.safetensors');
const inputs = golden('tiny.inputs.safetensors');
const out = folder.at('out.safetensors');
const bare = golden('checkpoints/zip.pt');
const hostile = golden('checkpoints/hostile.pt');
const inFolder = (name: string) => folder.at(name);

beforeAll(() => {
  const write = (name: string, value: unknown) => writeFileSync(folder.at(name), JSON.stringify(value));
  write('typo.json', { training: { lr: 1 } });
  write('groups.json', { n_channels: 30, ch_mults: [1], is_attn: [true], n_blocks: 1, n_steps: 10 });
  write('one.json', { n_channels: 32, ch_mults: [1], is_attn: [true], n_blocks: 1, n_steps: 1 });
  write('large.json', {
    n_channels: 32,
    ch_mults: [1],
    is_attn: [true],
    n_blocks: 1,
    n_steps: 10,
    image_size: 16,
  });
  write('short.json', { image_size: 8, n_steps: 1 });
  write('list.json', []);
  write('huge.json', {
    n_channels: 1024,
    ch_mults: [2, 2, 2],
    is_attn: [true, true, true],
    n_blocks: 8,
    n_steps: 10,
  });
  writeFileSync(folder.at('broken.json'), '{');
  writeFileSync(
    folder.at('noise.bin'),
    Uint8Array.from({ length: 100 }, (_, i) => 37 * i),
  );
  const x = { shape: [1, 1, 8, 8], data: new Float32Array(64) };
  const file = (
    name: string,
    tensors: Record<
      string,
      Parameters<typeof writeSafetensors>[0] extends ReadonlyMap<string, infer T> ? T : never
    >,
  ) => writeFileSync(folder.at(name), writeSafetensors(new Map(Object.entries(tensors))));
  file('late', { x, t: { shape: [1], data: Int32Array.of(1000) } });
  file('two', { x, t: { shape: [2], data: Int32Array.of(0, 1) } });
  file('float-t', { x, t: { shape: [1], data: Float32Array.of(0) } });
  file('wide', {
    x: { shape: [1, 1, 8, 9], data: new Float32Array(72) },
    t: { shape: [1], data: Int32Array.of(1) },
  });
  file('nan', {
    x: { ...x, data: x.data.slice().fill(Number.NaN) },
    t: { shape: [1], data: Int32Array.of(1) },
  });
});

const predict = ['predict', '--model', model, '--out', out];
const train = ['train', '--dataset', 'digits', '--steps', '1', '--out', out];
const sample = ['sample', '--model', model];

/** Runs a command line in this process. */
describe('one line says what is wrong', () => {
  test.each<[args: string[], code: number, message: RegExp]>([
    [
      ['nonsense'],
      2,
      /no command 'nonsense'; there are: predict, activations, reverse, data, train, sample, distill, evaluate/,
    ],
    [['predict', '--inputs', inputs, '--out', out], 2, /--model FILE is missing/],
    [[...predict, '--inputs', inputs, '--modle', model], 2, /Unknown option '--modle'/],
    [[...predict, inputs], 2, /Unexpected argument/],
    [[...predict, '--inputs', inFolder('none')], 1, /none cannot be read: there is no such file/],
    [[...predict, '--inputs', inFolder('')], 1, /cannot be read: it is a folder/],
    [[...predict, '--inputs', inFolder('noise.bin')], 1, /noise\.bin: The file says that its header takes/],
    [[...predict, '--inputs', model], 1, /has no tensor 'x'/],
    [
      [...predict, '--inputs', inFolder('late')],
      1,
      /late: the tensor 't' holds 1000; it must be from 0 to 999/,
    ],
    [[...predict, '--inputs', inFolder('two')], 1, /'t' has the shape \[2\], but needs \[1\]/],
    [[...predict, '--inputs', inFolder('float-t')], 1, /'t' is F32, but must hold whole numbers/],
    [[...predict, '--inputs', inFolder('wide')], 1, /'x' has the shape \[1,1,8,9\], but needs \[any,1,8,8\]/],
    [[...predict, '--inputs', inFolder('nan')], 1, /'x' holds NaN/],
    [[...predict, '--inputs', inputs, '--backend', 'gpu'], 2, /--backend must be one of wasm/],
    [[...predict, '--inputs', inputs, '--threads', '0'], 2, /--threads must be a whole number from 1/],
    [
      ['predict', '--model', inputs, '--inputs', inputs, '--out', out],
      1,
      /is no model of the reference's U-Net: the tensor 'image_proj\.weight' is missing/,
    ],
    [
      ['predict', '--model', model, '--inputs', inputs, '--out', inFolder('no/where')],
      1,
      /cannot be written: its folder/,
    ],
    [
      ['activations', '--model', model, '--inputs', inFolder('late'), '--out', out],
      1,
      /late: the tensor 't' holds 1000; it must be from 0 to 999/,
    ],
    [['train', '--steps', '1', '--out', out], 2, /--dataset NAME or --data PATH is missing/],
    [['train', '--dataset', 'cats', '--out', out], 2, /--dataset must be one of digits, mnist-16/],
    [[...train, '--batch', '1619'], 1, /batch must hold 1 to 1618 images.*not 1619/],
    [[...train, '--batch', '0'], 2, /--batch must be a whole number from 1 to 1,000,000, not 0/],
    [
      [...train, '--learning-rate', 'NaN'],
      2,
      /--learning-rate must be a number above 0 and at most 1, not 'NaN'/,
    ],
    [[...train, '--learning-rate', '0'], 2, /--learning-rate must be a number above 0 and at most 1, not 0/],
    [[...train, '--seed', '-1'], 2, /--seed needs a value/],
    [[...train, '--seed=-1'], 2, /--seed must be a whole number/],
    [[...train, '--class-dropout', '0.2'], 2, /--class-dropout is for a model with classes: add --classes/],
    [
      [...train, '--classes', '--class-dropout', '1.5'],
      2,
      /--class-dropout must be a number from 0 to 1, not 1.5/,
    ],
    [[...train, '--classes', '--resume', model], 2, /--classes and --resume exclude each other/],
    [[...train, '--config', inFolder('broken.json')], 1, /broken\.json: It is not JSON/],
    [[...train, '--config', inFolder('list.json')], 1, /must be a JSON object/],
    [[...train, '--config', inFolder('typo.json')], 1, /'training' has the option 'lr', which is unknown/],
    [[...train, '--config', inFolder('groups.json')], 1, /30 channels cannot be split into 32 groups/],
    [[...train, '--config', inFolder('one.json')], 1, /n_steps must be at least 2/],
    [[...train, '--config', inFolder('large.json')], 1, /images of 16×16×1, but those of 'digits' are 8×8×1/],
    [
      [...train, '--config', inFolder('huge.json')],
      1,
      /takes about .*B, and there are 3.*B: take fewer channels/,
    ],
    [[...train, '--resume', inputs], 1, /is no model/],
    [
      [...train, '--resume', model, '--config', inFolder('typo.json')],
      2,
      /--config is for files without one/,
    ],
    [[...sample, '--out', inFolder('grid.jpg')], 2, /must end in \.png or \.safetensors/],
    [[...sample, '--out', inFolder('grid.png'), '--count', '0'], 2, /--count must be a whole number from 1/],
    [[...sample, '--out', inFolder('grid.png'), '--class', '3'], 2, /model has learned no classes/],
    [[...sample, '--out', inFolder('grid.png'), '--class', 'cat'], 2, /--class must be a whole number/],
    [
      [...sample, '--out', inFolder('grid.png'), '--guidance', '2'],
      2,
      /--guidance is for a model with classes/,
    ],
    [
      [...sample, '--out', inFolder('grid.png'), '--eta', '2'],
      2,
      /--eta must be a number from 0 to 1, not 2/,
    ],
    [
      [...sample, '--out', inFolder('grid.png'), '--variance', 'x'],
      2,
      /--variance must be one of beta, betaTilde, learned, not 'x'/,
    ],
    [
      [...sample, '--out', inFolder('grid.png'), '--sampler', 'x'],
      2,
      /--sampler must be one of ancestral, ddim/,
    ],
    [['info'], 2, /FILE is missing/],
    [['info', model, inputs], 2, /Unexpected argument '.*inputs/],
    [['info', inFolder('none')], 1, /none cannot be read: there is no such file/],
    [['info', inFolder('noise.bin')], 1, /noise\.bin: The file says that its header takes/],
    [['convert', model], 2, /--out FILE is missing/],
    [['convert', model, '--out', out, '--dtype', 'f64'], 2, /--dtype must be one of f32, f16, not 'f64'/],
    [['convert', model, '--out', out, '--to', 'state', '--dtype', 'f16'], 2, /training state is float32/],
    [['convert', inputs, '--out', out], 1, /is no model of the reference's U-Net/],
    [['convert', bare, '--out', out], 1, /nor the size of its images: name a config with --config FILE/],
    [[...sample.with(2, bare), '--out', inFolder('grid.png')], 1, /nor the size of its images/],
    [['convert', inputs, '--out', out, '--config', inFolder('broken.json')], 1, /broken\.json: .*not JSON/],
    [
      ['convert', bare, '--out', out, '--config', inFolder('short.json')],
      1,
      /short\.json: .*n_steps must be/,
    ],
    [['convert', bare, '--out', out, '--config', inFolder('list.json')], 1, /must be a JSON object/],
    [
      ['convert', bare, '--out', out, '--config', inFolder('large.json')],
      1,
      /zip\.pt: The config has no para/,
    ],
    [['info', hostile], 1, /hostile\.pt: It holds 'posix\.system', which is no part of a state dict/],
    [[...train, '--resume', hostile], 1, /It holds 'posix\.system'/],
    [['predict', '--model', hostile, '--inputs', inputs, '--out', out], 1, /It holds 'posix\.system'/],
    [[...predict, '--inputs', bare], 1, /zip\.pt has no tensor 'x'/],
    [['convert', model, '--out', out, '--config', inFolder('large.json')], 2, /has its own/],
    [['evaluate'], 2, /FILE is missing/],
    [['evaluate', model], 2, /--dataset NAME or --data PATH is missing/],
    [['evaluate', inputs, '--dataset', 'digits'], 1, /is no model/],
    [['evaluate', model, '--dataset', 'shapes'], 1, /those of 'shapes' are 16×16×3/],
    [
      ['evaluate', model, '--dataset', 'digits', '--count', '39'],
      2,
      /--count must be a whole number from 40/,
    ],
    [['evaluate', model, '--dataset', 'digits', '--count', '180'], 1, /'digits' holds out 179 images/],
    [
      ['evaluate', model, '--dataset', 'digits', '--guidance', '9'],
      2,
      /--guidance must be a number from 0 to 8, not 9/,
    ],
    [['evaluate', model, '--dataset', 'digits', '--sampler', 'x'], 2, /--sampler must be one of/],
  ])('%j', async (args, code, message) => {
    const before = readdirSync(folder.at(''));
    const outcome = await runHere(...args);
    expect(outcome.code, outcome.stderr).toBe(code);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^ddpm: .*\n$/);
    expect(outcome.stdout).toBe('');
    expect(readdirSync(folder.at(''))).toEqual(before);
  });
});

test('what a file says cannot steer the terminal', async () => {
  const note = '\u001b]0;title\u0007\u202ered';
  writeFileSync(folder.at('escape'), writeSafetensors(new Map(), { note }));
  expect((await runHere('info', folder.at('escape'))).stdout).toMatch(
    /note +\ufffd\]0;title\ufffd\ufffdred\n/,
  );
  expect((await runHere('info', folder.at('escape'), '--json')).stdout).toContain('\\u001b]0;title');
});

test('help lists the commands, and the options of each', async () => {
  const { code, stdout, stderr } = await runHere('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of [
    'predict',
    'activations',
    'reverse',
    'train',
    'sample',
    'distill',
    'evaluate',
    'convert',
    'info',
  ]) {
    expect(stdout).toContain(`\n  ${name} `);
    const help = await runHere(name, '--help');
    expect(help).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ {2}--json /m) });
    if (name !== 'evaluate' && name !== 'info') expect(help.stdout).toContain('\n  --out ');
  }
  expect(await runHere()).toEqual({ code: 2, stdout: '', stderr: stdout });
});

test('the process gives message and exit code', async () => {
  const usage = await runCli(...predict, '--inputs', inputs, '--modle', model);
  expect(usage).toEqual({ code: 2, stdout: '', stderr: "ddpm: Unknown option '--modle'. See --help.\n" });
  expect(await runCli(...predict, '--inputs', inFolder('late'))).toMatchObject({ code: 1, stdout: '' });
});
