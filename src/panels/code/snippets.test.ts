import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findPythonWithTorch } from '../../../bench/torch';
import { readSafetensors } from '../../engine/checkpoint/safetensors';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { guidedDenoiser } from '../../engine/diffusion/guidance';
import { type ObjectiveId, objectives } from '../../engine/diffusion/objectives/objectives';
import { ddim } from '../../engine/diffusion/samplers/ddim';
import { relativeError } from '../../engine/parity/golden';
import { Random } from '../../engine/training/random';
import { networkSnippets } from './networkSnippets';
import { ddimSnippet, guidanceSnippet } from './samplerSnippets';
import { lossSnippet, scheduleSnippet } from './snippets';
import { scheduleValues, withValues } from './snippetValues';

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../golden/tiny.${name}.safetensors`, import.meta.url));
const tensors = (name: string) => readSafetensors(new Uint8Array(readFileSync(golden(name)))).tensors;

test('a snippet has the values of the names that stand in it', () => {
  const diffusion = createDiffusion('linear', 1000);
  const { values } = withValues(lossSnippet('epsilon'), scheduleValues(diffusion, 499));
  expect(Object.keys(values ?? {}).sort()).toEqual(['T', 'alpha_bar', 'signal', 'spread', 't']);
  expect(values?.alpha_bar).toBe('ᾱ_t = 0.0786 at t = 499');
  expect(scheduleValues(diffusion, 0).before).toBe('ᾱ_{t−1} = 1.00 at t = 0');
});

test('every objective has a loss with its target', () => {
  const targets = Object.keys(objectives).map((id) =>
    lossSnippet(id as ObjectiveId)
      .code.split('\n')
      .at(-1),
  );
  expect(new Set(targets).size).toBe(targets.length);
});

const python = findPythonWithTorch('numpy');
if (!python) console.warn('No python3 with PyTorch and numpy: the snippets are not run.');

/** Runs the snippets on what the engine was given, and answers with their numbers. */
const driver = `
import json, math, sys
import torch
from torch import nn
from torch.nn import functional as F
sys.path.insert(0, sys.argv[1])
from ddpm_scale_out.tensor_file import read_tensors
from ddpm_scale_out.unet import UNet
asked = json.load(sys.stdin)
weights, metadata = read_tensors(asked["golden"]["model"])
inputs, _ = read_tensors(asked["golden"]["inputs"])
seen, _ = read_tensors(asked["golden"]["activations"])
config = json.loads(metadata["config"])
names = {"torch": torch, "math": math, "nn": nn, "F": F}
exec(asked["schedule"], names)
answer = {}

exec(asked["loss"], names)
network = UNet(config).eval()
network.load_state_dict(weights)
drawn = torch.randint, torch.randn_like
torch.randint, torch.randn_like = lambda *_: inputs["t"].long(), lambda _: inputs["noise"]
with torch.no_grad():
    answer["loss"] = names["training_loss"](network, inputs["x0"]).item()

torch.randn_like = lambda x: torch.tensor(asked["z"]).reshape(x.shape)
for name, code in asked["ddim"].items():
    exec(code, names)
    x, eps = (torch.tensor(asked[key]) for key in ("x", "eps"))
    answer[name] = names["ddim_step"](x, eps, asked["t"], asked["s"]).tolist()
torch.randint, torch.randn_like = drawn

exec(asked["guidance"], names)
fake = lambda x, t, labels: x * (labels + 2.0)[:, None]
x = torch.tensor(asked["x"]).reshape(2, -1)
answer["guided"] = names["guided_eps"](fake, x, 0, torch.tensor([3, 5]), 1.5).flatten().tolist()

for code in asked["network"]:
    exec(code, names)
groups = config.get("n_groups", 32)
def part(module, name):
    start = name + "."
    module.load_state_dict({key[len(start):]: value for key, value in weights.items() if key.startswith(start)})
    return module.eval()
def compared(got, name):
    answer[name] = ((got - seen[name]).abs().max() / seen[name].abs().max()).item()
with torch.no_grad():
    res = part(names["Residual"](32, 32, 128, groups, 0.1), "down.0.res")
    compared(res(seen["image_proj"], seen["time_emb"]), "down.0.res")
    wide = part(names["Residual"](32, 64, 128, groups, 0.1), "down.2.res")
    compared(wide(seen["down.1"], seen["time_emb"]), "down.2.res")
    attention = part(names["Attention"](64, groups), "middle.attn")
    compared(attention(seen["middle.res1"]), "middle.attn")
print(json.dumps(answer))
`;

describe.skipIf(!python)('in PyTorch', () => {
  test('the snippets give the numbers of the engine', async () => {
    const diffusion = createDiffusion('linear', 1000);
    const [t, s, length] = [600, 420, 64];
    const random = new Random(3);
    const [x, eps] = [random.normal(length), random.normal(length)];
    const z = new Random(7).normal(length);
    const engineStep = async (eta: number, clipX0: boolean) => {
      const settings = { diffusion, denoise: async () => eps, start: x, timesteps: [t, s], eta, clipX0 };
      const { value } = await ddim({ ...settings, random: new Random(7) }).next();
      return (value as { x: Float32Array }).x;
    };
    const choices = {
      plain: [0, false],
      clipped: [0, true],
      noisy: [0.6, false],
      both: [0.6, true],
    } as const;
    const code = Object.fromEntries(
      Object.entries(choices).map(([name, [eta, clipX0]]) => [name, ddimSnippet({ eta, clipX0 }).code]),
    );
    const asked = {
      golden: { model: golden('model'), inputs: golden('inputs'), activations: golden('activations') },
      schedule: scheduleSnippet('linear', 1000).code,
      loss: lossSnippet('epsilon').code,
      ddim: code,
      guidance: guidanceSnippet.code,
      network: networkSnippets.map((snippet) => snippet.code),
      ...{ x: Array.from(x), eps: Array.from(eps), z: Array.from(z), t, s },
    };
    const { status, stdout, stderr } = spawnSync(
      python as string,
      ['-c', driver, fileURLToPath(new URL('../../../scale-out', import.meta.url))],
      { input: JSON.stringify(asked), encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } },
    );
    expect(status, stderr).toBe(0);
    const answer = JSON.parse(stdout);
    // What the engine agrees with, see engine/parity.
    expect(answer.loss).toBeCloseTo(tensors('outputs').get('loss')?.data[0] as number, 4);
    for (const name of ['down.0.res', 'down.2.res', 'middle.attn'])
      expect(answer[name], name).toBeLessThan(1e-4);
    for (const [name, [eta, clipX0]] of Object.entries(choices))
      expect(relativeError(answer[name], await engineStep(eta, clipX0)), name).toBeLessThan(1e-4);
    const conditions = [3, 5].map((label) => ({ label, guidance: 1.5 }));
    const denoise = guidedDenoiser(async (both, _, labels) => {
      const size = both.length / labels.length;
      return both.map((value, i) => value * ((labels[Math.floor(i / size)] as number) + 2));
    }, conditions);
    expect(relativeError(answer.guided, await denoise(x, 0))).toBeLessThan(1e-5);
  });
});
