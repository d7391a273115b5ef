import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterAll, expect, test } from 'vitest';
import { findPythonWithTorch } from '../bench/torch';
import { temporaryFolder } from '../cli/testing/runCli';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../src/engine/diffusion/diffusion';
import { hybridFactors } from '../src/engine/diffusion/learnedVariance';
import { referenceOperations } from '../src/engine/kernels/reference';
import { Random } from '../src/engine/training/random';

const python = findPythonWithTorch('PIL');
const folder = temporaryFolder();
afterAll(folder.remove);

const times = [0, 0, 1, 20, 39];
const [count, size] = [times.length, 16];
const levels = 17;

const script = `
import sys, torch
from ddpm_scale_out.diffusion import Diffusion
from ddpm_scale_out.learned_variance import bound_loss
from ddpm_scale_out.tensor_file import read_tensors, write_tensors
given, _ = read_tensors(sys.argv[1])
errors, v = given["errors"].requires_grad_(), given["v"].requires_grad_()
loss = bound_loss(Diffusion("linear", 40), errors, v, given["x0"], given["t"].long(), ${levels})
loss.backward()
assert errors.grad is None
write_tensors(sys.argv[2], {"loss": loss.detach()[None], "gradient": v.grad}, {})
`;

test.skipIf(!python)('PyTorch and the engine agree on the bound in L_hybrid and its gradient', async () => {
  const random = new Random(5);
  const draw = () => random.normal(count * size);
  const errors = draw().map((value) => 0.3 * value);
  const v = draw();
  const x0 = draw().map((value) => Math.max(-1, Math.min(1, Math.round(8 * value) / 8)));
  const shape = [count, 1, 4, 4];
  const [inputs, outputs] = [folder.at('inputs.safetensors'), folder.at('outputs.safetensors')];
  const tensors = {
    ...{ errors: { shape, data: errors }, v: { shape, data: v }, x0: { shape, data: x0 } },
    t: { shape: [count], data: Int32Array.from(times) },
  };
  writeFileSync(inputs, writeSafetensors(new Map(Object.entries(tensors))));
  execFileSync(python as string, ['-c', script, inputs, outputs], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  const theirs = readSafetensors(new Uint8Array(readFileSync(outputs))).tensors;

  await tf.setBackend('cpu');
  const diffusion = createDiffusion('linear', 40);
  const factors = times.map((t) => hybridFactors(diffusion, 'epsilon', t, { weight: 0, bound: 1, levels }));
  const image = (values: Float32Array) => tf.tensor4d(values, [count, 4, 4, 1]);
  const { value, grad } = tf.valueAndGrad((ofV: tf.Tensor) =>
    referenceOperations
      .hybridError(
        tf.concat([image(errors), ofV as tf.Tensor4D], 3),
        image(new Float32Array(count * size)),
        image(x0),
        tf.tensor2d(factors),
      )
      .sum(),
  )(image(v));
  const [loss] = await value.data();
  const values = (name: string) => theirs.get(name)?.data as Float32Array;
  const [expected] = values('loss');
  expect(Math.abs((loss as number) / (expected as number) - 1)).toBeLessThan(1e-4);
  const gradient = values('gradient');
  const most = Math.max(...gradient.map(Math.abs));
  (await grad.data()).forEach((slope, i) => {
    expect(Math.abs(slope - (gradient[i] as number)) / most).toBeLessThan(1e-4);
  });
});
