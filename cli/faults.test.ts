import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { golden, runCli, startCli, startCliWith, temporaryFolder } from './testing/runCli';

const folder = temporaryFolder();
afterAll(folder.remove);

const stepOf = (path: string) => readBundle(new Uint8Array(readFileSync(path))).training?.step;
const model = {
  n_channels: 8,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 40,
  n_groups: 4,
  n_final_groups: 4,
};

beforeAll(() => {
  writeFileSync(folder.at('small.json'), JSON.stringify(model));
});

function training(out: string, steps: string, saveEvery = '1'): string[] {
  const named = {
    dataset: 'digits',
    config: folder.at('small.json'),
    batch: '4',
    steps,
    'save-every': saveEvery,
    out,
  };
  return ['train', ...Object.entries(named).flatMap(([name, value]) => [`--${name}`, value])];
}

/** Resolves when a file is there; once a step was saved the run is certainly under way. */
async function appearance(path: string, isOver: () => boolean): Promise<void> {
  while (!existsSync(path) && !isOver()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('training goes on where nobody reads its output any more, and saves', async () => {
  const out = folder.at('unread.safetensors');
  const { process: child, outcome } = startCli(...training(out, '60'));
  await appearance(out, () => child.exitCode !== null);
  child.stdout?.destroy();
  child.stderr?.destroy();
  expect((await outcome).code).toBe(0);
  expect(stepOf(folder.at('unread.training.safetensors'))).toBe(60);
});

test.runIf(platform() !== 'win32')('a terminal that is closed ends training, which saves', async () => {
  const out = folder.at('closed.safetensors');
  const { process: child, outcome } = startCli(...training(out, '1000000'));
  await appearance(out, () => child.exitCode !== null);
  child.kill('SIGHUP');
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(129);
  const steps = Number(stdout.match(/^Stopped after (\d+) steps/)?.[1]);
  expect(stepOf(folder.at('closed.training.safetensors'))).toBe(steps);
});

test.runIf(platform() === 'linux')('output that cannot be written is one line and exit code 1', async () => {
  const child = spawn('sh', [
    '-c',
    '"$0" --import tsx cli/main.ts info "$1" >/dev/full',
    process.execPath,
    golden('tiny.model.safetensors'),
  ]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'ddpm: The output cannot be written: the disk is full.\n',
  });
});

test('training goes on in memory where its folder is gone, and saves elsewhere in the end', async () => {
  mkdirSync(folder.at('there'));
  mkdirSync(folder.at('temporary'));
  const out = folder.at('there/model.safetensors');
  const { process: child, outcome } = startCliWith(
    { TMPDIR: folder.at('temporary') },
    ...training(out, '1000000'),
  );
  await appearance(out, () => child.exitCode !== null);
  renameSync(folder.at('there'), folder.at('away'));
  await new Promise<void>((resolve) =>
    child.stderr?.on('data', (text: string) => text.includes('Training goes on in memory') && resolve()),
  );
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(130);
  expect(stderr).toMatch(
    /ddpm: .*there\/model\.training\.safetensors cannot be written: its folder: there is no such file/,
  );
  expect(stderr).toContain(`The model was saved in ${folder.at('temporary/ddpm-')}`);
  const [, steps, saved, state] =
    stdout.match(/^Stopped after (\d+) steps .*: (\S+) has the model, (\S+) what/) ?? [];
  expect(dirname(dirname(saved as string))).toBe(folder.at('temporary'));
  expect(stepOf(state as string)).toBe(Number(steps));
  expect(stepOf(folder.at('away/model.training.safetensors'))).toBeLessThan(Number(steps));
});

describe('an existing run', () => {
  test('is not overwritten without --resume or --force', async () => {
    const out = folder.at('kept.safetensors');
    const state = folder.at('kept.training.safetensors');
    expect(await runCli(...training(out, '2'))).toMatchObject({ code: 0 });
    const before = readFileSync(state);
    const again = await runCli(...training(out, '1'));
    expect(again.code).toBe(1);
    expect(again.stderr).toBe(
      `ddpm: ${state} exists already. Continue that run with --resume ${state}, choose another --out or --state, or overwrite it with --force.\n`,
    );
    expect(readFileSync(state)).toEqual(before);
    expect(await runCli('train', '--resume', state, '--steps', '3', '--out', out)).toMatchObject({ code: 0 });
    expect(await runCli(...training(out, '1'), '--force')).toMatchObject({ code: 0 });
    expect(stepOf(state)).toBe(1);
  });
});

describe('images that are not finite are told, and no file is written', () => {
  const written = () => readdirSync(folder.at('')).filter((name) => name.startsWith('not-finite'));

  beforeAll(() => {
    const { tensors, metadata } = readSafetensors(
      new Uint8Array(readFileSync(golden('tiny.model.safetensors'))),
    );
    const long = { ...JSON.parse(metadata.config as string), n_steps: 10_000 };
    writeFileSync(
      folder.at('long'),
      writeSafetensors(tensors, { ...metadata, config: JSON.stringify(long) }),
    );
    const bias = tensors.get('final.bias');
    tensors.set('final.bias', { ...bias, dtype: 'F32', shape: [1], data: Float32Array.of(3e38) });
    const weight = tensors.get('final.weight') as { shape: number[] };
    const size = weight.shape.reduce((product, length) => product * length, 1);
    tensors.set('final.weight', {
      dtype: 'F32',
      shape: weight.shape,
      data: new Float32Array(size).fill(1e38),
    });
    writeFileSync(folder.at('large'), writeSafetensors(tensors, metadata));
  });

  test.each([
    [
      ['sample', '--model', 'long', '--unclipped', '--sampler', 'ddim', '--count', '2'],
      /ddpm: .* from step \d+ of 50 \(t = \d+\) on\. Clip x̂₀/,
    ],
    [
      ['sample', '--model', 'large', '--count', '2', '--steps', '5'],
      /ddpm: The network's output is NaN or infinite from step 1 of 5 \(t = 999\) on\. Take weights/,
    ],
    [
      ['predict', '--model', 'large', '--inputs', golden('tiny.inputs.safetensors')],
      /ddpm: The network's output 'eps' is NaN or infinite/,
    ],
  ])('%j', async ([command, ...args], message) => {
    const at = (text: string) => (text === 'long' || text === 'large' ? folder.at(text) : text);
    const out = folder.at('not-finite.safetensors');
    const { code, stderr } = await runCli(command as string, ...args.map(at), '--out', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(written()).toEqual([]);
  });
});
