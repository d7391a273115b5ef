import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeModel } from '../src/engine/checkpoint/model';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../src/engine/diffusion/diffusion';
import { referenceOperations } from '../src/engine/kernels/reference';
import { relativeError } from '../src/engine/parity/golden';
import { Random } from '../src/engine/training/random';
import { parseModelConfig } from '../src/engine/unet/config';
import { unet } from '../src/engine/unet/unet';
import { initialWeights, stateDictOf } from '../src/engine/unet/weights';
import { golden, runCli, runNpmScript, temporaryFolder } from './testing/runCli';

const folder = temporaryFolder();
afterAll(folder.remove);

const read = (path: string) => readSafetensors(new Uint8Array(readFileSync(path)));
const model = golden('tiny.model.safetensors');
const inputs = golden('tiny.inputs.safetensors');

function floats(file: ReturnType<typeof read>, name: string): { shape: number[]; data: Float32Array } {
  const tensor = file.tensors.get(name);
  if (tensor?.dtype !== 'F32') throw new Error(`No float32 tensor '${name}'.`);
  return { shape: tensor.shape, data: tensor.data as Float32Array };
}

function expectAgreement(actual: ReturnType<typeof read>, expected: ReturnType<typeof read>, name: string) {
  const [ours, theirs] = [floats(actual, name), floats(expected, name)];
  expect(ours.shape).toEqual(theirs.shape);
  expect(relativeError(ours.data, theirs.data), name).toBeLessThan(1e-4);
}

describe('predict', () => {
  test.each(['wasm', 'cpu'])("gives PyTorch's ε, loss and gradients on %s", async (backend) => {
    const [out, grads] = [folder.at(`${backend}.out`), folder.at(`${backend}.grads`)];
    const options = ['--model', model, '--inputs', inputs, '--out', out, '--grads', grads];
    // As documented, once; the other time without npm.
    const run = backend === 'wasm' ? runNpmScript : runCli;
    const outcome = await run('predict', ...options, '--backend', backend);
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });

    const outputs = read(out);
    expect([...outputs.tensors.keys()]).toEqual(['eps', 'loss']);
    for (const name of ['eps', 'loss'])
      expectAgreement(outputs, read(golden('tiny.outputs.safetensors')), name);
    const [ours, theirs] = [read(grads), read(golden('tiny.grads.safetensors'))];
    expect(new Set(ours.tensors.keys())).toEqual(new Set(theirs.tensors.keys()));
    for (const name of theirs.tensors.keys()) expectAgreement(ours, theirs, name);
  });

  test("gives PyTorch's ε and loss on webgpu, or says why it cannot and counts as skipped", {
    timeout: 240_000,
  }, async ({ skip }) => {
    const options = ['--model', model, '--inputs', inputs, '--out', folder.at('gpu.out')];
    const { code, stderr } = await runCli('predict', ...options, '--backend', 'webgpu');
    if (code !== 0) {
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^ddpm: (WebGPU cannot be used: .+|--backend webgpu needs the optional package .+)$/m,
      );
      skip(stderr.trim());
    }
    const outputs = read(folder.at('gpu.out'));
    for (const name of ['eps', 'loss'])
      expectAgreement(outputs, read(golden('tiny.outputs.safetensors')), name);
  });

  test('gives ε alone where there is no noise', async () => {
    const tensors = read(inputs).tensors;
    tensors.delete('noise');
    writeFileSync(folder.at('noiseless'), writeSafetensors(tensors));
    const options = ['--model', model, '--inputs', folder.at('noiseless'), '--out', folder.at('alone')];
    expect(await runCli('predict', ...options)).toMatchObject({ code: 0, stderr: '' });
    expect([...read(folder.at('alone')).tensors.keys()]).toEqual(['eps']);
    const { code, stderr } = await runCli('predict', ...options, '--grads', folder.at('never'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^ddpm: --grads needs.*\n$/) });
  });
});

test.each(['wasm', 'cpu'])("activations gives PyTorch's of every block on %s", async (backend) => {
  const out = folder.at(`${backend}.activations`);
  const options = ['--model', model, '--inputs', inputs, '--out', out, '--backend', backend];
  expect(await runCli('activations', ...options)).toEqual({ code: 0, stdout: '', stderr: '' });
  const [ours, theirs] = [read(out), read(golden('tiny.activations.safetensors'))];
  expect(new Set(ours.tensors.keys())).toEqual(new Set(theirs.tensors.keys()));
  for (const name of theirs.tensors.keys()) expectAgreement(ours, theirs, name);
});

test("reverse gives PyTorch's chain", async () => {
  const chain = read(golden('tiny.chain.safetensors'));
  const { shape, data } = floats(chain, 'chain');
  const start = { shape: shape.slice(1), data: data.slice(0, data.length / (shape[0] as number)) };
  writeFileSync(
    folder.at('start'),
    writeSafetensors(
      new Map([
        ['x_T', start],
        ['z', floats(chain, 'z')],
      ]),
    ),
  );
  const options = ['--model', model, '--inputs', folder.at('start'), '--out', folder.at('chain')];
  expect(await runCli('reverse', ...options)).toMatchObject({ code: 0, stdout: '' });
  expectAgreement(read(folder.at('chain')), chain, 'chain');
});

describe('with images of three channels', () => {
  const config = parseModelConfig({
    image_channels: 3,
    image_size: 4,
    n_channels: 8,
    ch_mults: [1, 2],
    is_attn: [false, true],
    n_blocks: 1,
    n_steps: 30,
    n_groups: 2,
    n_final_groups: 2,
    schedule: 'cosine',
  });
  const [count, size, channels] = [2, 4, 3];
  const random = new Random(5);
  const file = folder.at('rgb');
  let weights: ReturnType<typeof initialWeights>;

  beforeAll(async () => {
    await tf.setBackend('cpu');
    weights = initialWeights(config, random);
    writeFileSync(file, writeModel(config, await stateDictOf(config, weights)));
  });

  /** ε of images NCHW by the engine in this process, its layouts changed by tfjs. */
  const expectedEps = (x: Float32Array, t: number[]) =>
    tf.tidy(() => {
      const nhwc = tf.tensor4d(x, [count, channels, size, size]).transpose<tf.Tensor4D>([0, 2, 3, 1]);
      const eps = unet(config, referenceOperations, weights, { x: nhwc, t });
      return eps.transpose([0, 3, 1, 2]).dataSync() as Float32Array;
    });

  test('predict reads and writes NCHW', async () => {
    const x = { shape: [count, channels, size, size], data: random.normal(count * channels * size * size) };
    const t = { shape: [count], data: BigInt64Array.of(3n, 29n) };
    writeFileSync(
      folder.at('rgb.in'),
      writeSafetensors(
        new Map<string, typeof x | typeof t>([
          ['x', x],
          ['t', t],
        ]),
      ),
    );
    const options = ['--model', file, '--inputs', folder.at('rgb.in'), '--out', folder.at('rgb.out')];
    expect(await runCli('predict', ...options)).toMatchObject({ code: 0, stderr: '' });
    const eps = floats(read(folder.at('rgb.out')), 'eps');
    expect(eps.shape).toEqual(x.shape);
    expect(relativeError(eps.data, expectedEps(x.data, [3, 29]))).toBeLessThan(1e-4);
  });

  test.each(['beta', 'beta-tilde'])('reverse takes each z as it is, with σ² = %s', async (variance) => {
    const nSteps = 3;
    const length = count * channels * size * size;
    const start = random.normal(length);
    const z = random.normal(nSteps * length);
    const images = [count, channels, size, size];
    const given = new Map([
      ['x_T', { shape: images, data: start }],
      ['z', { shape: [nSteps, ...images], data: z }],
    ]);
    writeFileSync(folder.at('rgb.z'), writeSafetensors(given));
    const options = ['--model', file, '--inputs', folder.at('rgb.z'), '--out', folder.at('rgb.chain')];
    expect(await runCli('reverse', ...options, '--variance', variance)).toMatchObject({ code: 0 });

    const { betas, alphas, alphaBar, betaTilde } = createDiffusion('cosine', nSteps);
    const expected = [...start];
    let x = start;
    for (let step = 0; step < nSteps; step++) {
      const t = nSteps - 1 - step;
      const eps = expectedEps(x, [t, t]);
      const [beta, alpha] = [betas[t] as number, alphas[t] as number];
      const sigma = Math.sqrt(variance === 'beta' ? beta : (betaTilde[t] as number));
      const scale = beta / Math.sqrt(1 - (alphaBar[t] as number));
      x = x.map(
        (value, i) =>
          (value - scale * (eps[i] as number)) / Math.sqrt(alpha) + sigma * (z[step * length + i] as number),
      );
      expected.push(...x);
    }
    const chain = floats(read(folder.at('rgb.chain')), 'chain');
    expect(chain.shape).toEqual([nSteps + 1, ...images]);
    expect(relativeError(chain.data, expected)).toBeLessThan(1e-4);
  });

  test.each([
    [5, []],
    [6, ['--unclipped']],
    [6, ['--noise-at-end']],
  ])('sample takes the steps of the paper from the noise of seed %d, with %j', async (seed, flags) => {
    const options = ['--model', file, '--out', folder.at('rgb.safetensors'), '--count', String(count)];
    const choices = ['--sampler', 'ancestral', '--steps', '30', '--seed', String(seed), ...flags];
    expect(await runCli('sample', ...options, ...choices)).toMatchObject({ code: 0 });

    const noise = new Random(seed);
    /** As many normal numbers NHWC, in the order of NCHW. */
    const normal = () => {
      const drawn = tf.tensor4d(noise.normal(count * size * size * channels), [count, size, size, channels]);
      return drawn.transpose([0, 3, 1, 2]).dataSync() as Float32Array;
    };
    const { betas, alphas, alphaBar } = createDiffusion('cosine', config.nSteps);
    let x = normal();
    for (let t = config.nSteps - 1; t >= 0; t--) {
      const eps = expectedEps(x, [t, t]);
      const z = normal();
      const [beta, alpha, bar] = [betas[t], alphas[t], alphaBar[t]] as [number, number, number];
      const before = bar / alpha;
      const sigma = t > 0 || flags.includes('--noise-at-end') ? Math.sqrt(beta) : 0;
      x = x.map((value, i) => {
        const free = (value - Math.sqrt(1 - bar) * (eps[i] as number)) / Math.sqrt(bar);
        const x0 = flags.includes('--unclipped') ? free : Math.min(1, Math.max(-1, free));
        const mean = (Math.sqrt(before) * beta * x0 + Math.sqrt(alpha) * (1 - before) * value) / (1 - bar);
        return mean + sigma * (z[i] as number);
      });
    }
    const images = floats(read(folder.at('rgb.safetensors')), 'x0');
    expect(images.shape).toEqual([count, channels, size, size]);
    expect(relativeError(images.data, x)).toBeLessThan(1e-3);
  });
});
