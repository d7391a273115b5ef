import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { findPythonWithTorch } from '../../../../bench/torch';
import { temporaryFolder } from '../../../../cli/testing/runCli';
import { readSafetensors } from '../../../engine/checkpoint/safetensors';
import { datasetAsNpz } from '../../../engine/data/export/exportDataset';
import { createDiffusion, type Diffusion } from '../../../engine/diffusion/diffusion';
import { hybridFactors } from '../../../engine/diffusion/learnedVariance';
import { lossWeightsAt } from '../../../engine/diffusion/lossWeights/lossWeights';
import { type ObjectiveId, objectives } from '../../../engine/diffusion/objectives/objectives';
import { drawnSchedule } from '../../../engine/diffusion/schedules/drawn';
import { referenceOperations } from '../../../engine/kernels/reference';
import { relativeError } from '../../../engine/parity/golden';
import { sumOf } from '../../../engine/training/objectiveLoss';
import { parseModelConfig } from '../../../engine/unet/config';
import { samplingGroup } from '../../../settings/groups/sampling';
import { pSampleSnippet, qSampleSnippet } from '../snippets';
import { notebookOf } from './notebook';
import { type CodeRun, pythonScript } from './pythonScript';

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../../golden/tiny.${name}.safetensors`, import.meta.url));
const tensors = (name: string) => readSafetensors(new Uint8Array(readFileSync(golden(name))));

/** Ten steps on eight images, then three samples by five steps of DDIM. */
const run: CodeRun = {
  config: parseModelConfig(JSON.parse(tensors('model').metadata.config as string)),
  training: { batchSize: 4, learningRate: 1e-3, emaDecay: 0.9, steps: 10 },
  seed: 1,
  sampling: { ...samplingGroup.defaults, sampler: 'ddim', steps: 5, count: 3 },
  data: 'digits.npz',
  weights: 'weights.safetensors',
  white: 16,
};
const drawn = drawnSchedule([0.95, 0.85, 0.7, 0.5, 0.3, 0.15, 0.05, 0.01]);
/** Every schedule, objective and loss weight, with the longest of each in one script. */
const variants: Record<string, CodeRun> = Object.fromEntries(
  [
    ['linear', 'epsilon', 'simple'],
    ['cosine', 'x0', 'minSnr'],
    ['sigmoid', 'v', 'vlb'],
    ['zeroTerminal', 'v', 'minSnr'],
    ['straight', 'flow', 'vlb'],
    [drawn, 'flow', 'minSnr'],
  ].map(([schedule, objective, lossWeight], i) => [
    `variant${i}`,
    {
      ...run,
      config: {
        ...{ ...run.config, schedule, objective, nSteps: 50, nChannels: 8, nGroups: 4, nClasses: 10 },
        learnedVariance: i === 1 || i === 2,
      },
      training: {
        ...run.training,
        lossWeight,
        timeSampling: i % 2 === 1 ? 'logitNormal' : i > 0 ? 'importance' : undefined,
      },
      sampling: { ...run.sampling, clipX0: i % 2 === 0 },
    } as CodeRun,
  ]),
);

describe('the script', () => {
  test.each(Object.entries({ run, ...variants }))('%s has at most 300 lines and no gap', (_, one) => {
    const script = pythonScript(one);
    expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
    expect(script).not.toMatch(/__[A-Z]+__|undefined/);
  });

  test('holds the config and the settings by their names in files', () => {
    const script = pythonScript(run);
    expect(script).toContain('"ch_mults": [1, 2], "is_attn": [False, True]');
    expect(script).toContain('"batch_size": 4, "learning_rate": 0.001, "ema_decay": 0.9');
    expect(script).toContain('Path("digits.npz"), Path("weights.safetensors")');
  });

  test('is a notebook with the same code', () => {
    const script = pythonScript(run);
    const { cells, nbformat } = JSON.parse(notebookOf(script));
    expect(nbformat).toBe(4);
    expect(cells[0].source.join('')).toMatch(/^# A diffusion model in one file\n\nThe model and/);
    expect(cells[2].source[0]).toBe('## Schedule\n');
    const code = cells.flatMap(({ cell_type, source }: { cell_type: string; source: string[] }) =>
      cell_type === 'code' ? [source.join('')] : [],
    );
    const comments = /^# .*\n|^#\n/gm;
    expect(code.join('\n\n')).toBe(script.replace(comments, '').trim());
  });
});

const python = findPythonWithTorch('numpy', 'PIL');
if (!python) console.warn('No python3 with PyTorch, numpy and Pillow: the exported script is not run.');
const folder = temporaryFolder();
afterAll(folder.remove);

/** Of a flow: real, and between two steps not in the middle. */
const times = [3.2, 20.3, 44.1];

const pSample = (variance: 'beta' | 'betaTilde' | 'learned', clipX0: boolean) =>
  pSampleSnippet('epsilon', { variance, clipX0 }).code;
const snippets = {
  q_sample: qSampleSnippet.code,
  p_sample: {
    plain: pSample('beta', false),
    clip: pSample('beta', true),
    'tilde and clip': pSample('betaTilde', true),
    tilde: pSample('betaTilde', false),
  },
};

/** Runs the script, then asks it and its variants for numbers: one process, because importing torch is slow. */
const driver = `
import json, runpy, sys
import torch
ran = runpy.run_path("run.py", run_name="__main__")
inputs = ran["read_safetensors"](sys.argv[1])
network = ran["load_network"]().eval()
with torch.no_grad():
    eps = ran["predict_eps"](network, inputs["x"], inputs["t"].long(), None)
trained = torch.load("trained.pt")
moved = max((trained[name] - tensor).abs().max().item() for name, tensor in network.state_dict().items())
answer = {"eps": eps.flatten().tolist(), "moved": moved, "alphas": ran["alphas"].tolist(), "variants": {}}
for name in json.loads(sys.argv[2]):
    code = runpy.run_path(name + ".py", run_name=name)
    torch.manual_seed(0)
    x0, noise, t = torch.rand(8, 1, 8, 8), torch.randn(8, 1, 8, 8), torch.arange(3, 50, 6)
    signal, spread = code["signal_and_spread"](t)
    exact = code["target"](signal, spread, x0, noise)
    guess = code["predict_eps"](lambda x, time, labels: exact, signal * x0 + spread * noise, t, None)
    step = code["ddpm_step"](noise, noise, x0, code["alpha_bar"][30], code["alpha_bar"][20])
    images = code["sample"](code["load_network"](), code["ddpm_step"])
    loss = code["training_loss"](code["UNet"](code["CONFIG"]), x0, torch.arange(8))
    bound = code["bound_loss"](0.3 * noise, -x0, 2 * x0 - 1, t - 3).item() if "bound_loss" in code else None
    weight = code.get("loss_weight", torch.ones_like)
    times = torch.tensor(json.loads(sys.argv[3]))
    times = times if code["input_levels"] is not code["signal_and_spread"] else times.long()
    answer["variants"][name] = {
        "bound": bound, "values": [x0.flatten().tolist(), noise.flatten().tolist(), t.tolist()] if bound else None,
        "alphaBar": code["alpha_bar"].tolist(), "weights": weight(times).tolist(),
        "error": (guess - noise).abs().max().item(), "finite": bool(loss.isfinite() and images.isfinite().all() and step.isfinite().all()),
    }
# The snippets of the views beside the script's own functions, with the same random numbers.
names = dict(ran)
snippets = json.loads(sys.argv[4])
exec(snippets["q_sample"], names)
t = torch.tensor([0, 999])
x0, noise = torch.rand(2, 1, 8, 8), torch.randn(2, 1, 8, 8)
signal, spread = ran["signal_and_spread"](t)
answer["snippets"] = {"q_sample": (names["q_sample"](x0, t, noise) - signal * x0 - spread * noise).abs().max().item()}
ran["SAMPLING"].update(variance="beta", guidance=0)
for name, code in snippets["p_sample"].items():
    exec(code, names)
    ran["SAMPLING"].update(clip_x0="clip" in name, variance="betaTilde" if "tilde" in name else "beta")
    for t in (500, 0):
        torch.manual_seed(1)
        got = names["p_sample"](network, noise, t)
        torch.manual_seed(1)
        then = ran["alpha_bar"][t - 1] if t > 0 else torch.tensor(1.0)
        with torch.no_grad():
            expected = ran["ddpm_step"](noise, *ran["predict"](network, noise, t, None), ran["alpha_bar"][t], then)
        answer["snippets"][f"{name} at {t}"] = (got - expected).abs().max().item()
json.dump(answer, open("answer.json", "w"))
`;

/** What the engine makes of the values that the driver asks bound_loss about. */
async function boundOf(
  diffusion: Diffusion,
  [x0, noise, t]: [number[], number[], number[]],
): Promise<number> {
  await tf.setBackend('cpu');
  const images = (values: number[]) => tf.tensor4d(values, [t.length, 8, 8, 1]);
  const factors = t.map((time) =>
    hybridFactors(diffusion, 'epsilon', time - 3, { weight: 0, bound: 1, levels: run.white + 1 }),
  );
  const shares = referenceOperations.hybridError(
    tf.concat(
      [images(noise.map((value) => 0.3 * value)), images(x0.map((value) => -value))],
      3,
    ) as tf.Tensor4D,
    images(noise.map(() => 0)),
    images(x0.map((value) => 2 * value - 1)),
    tf.tensor2d(factors),
  );
  return sumOf(await shares.data());
}

describe.skipIf(!python)('in PyTorch', () => {
  test('the script trains, samples, and has the ε̂, the schedule and the bound of the engine', async () => {
    writeFileSync(folder.at('run.py'), pythonScript(run));
    for (const [name, one] of Object.entries(variants))
      writeFileSync(folder.at(`${name}.py`), pythonScript({ ...one, weights: 'none.safetensors' }));
    copyFileSync(golden('model'), folder.at(run.weights));
    const levels = Uint8Array.from({ length: 8 * 64 }, (_, i) => i % 17);
    const facts = { count: 8, imageSize: 8, channels: 1, classNames: ['a', 'b'] };
    writeFileSync(
      folder.at(run.data),
      datasetAsNpz({ ...facts, levels, labels: Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1) }),
    );
    const { status, stdout, stderr } = spawnSync(
      python as string,
      [
        '-c',
        driver,
        golden('inputs'),
        JSON.stringify(Object.keys(variants)),
        JSON.stringify(times),
        JSON.stringify(snippets),
      ],
      { cwd: folder.at('.'), encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/step 10 of 10, loss \d/);
    const { width, height } = decode(readFileSync(folder.at('samples.png')));
    expect([width, height]).toEqual([24, 8]);

    const answer = JSON.parse(readFileSync(folder.at('answer.json'), 'utf8'));
    const expected = tensors('outputs').tensors.get('eps')?.data as Float32Array;
    expect(relativeError(answer.eps, expected)).toBeLessThan(1e-4);
    expect(answer.moved).toBeGreaterThan(1e-4);
    expect(relativeError(answer.alphas, createDiffusion('linear', 1000).alphas)).toBeLessThan(1e-6);
    for (const [name, { config, training }] of Object.entries(variants)) {
      const variant = answer.variants[name];
      const diffusion = createDiffusion(config.schedule, config.nSteps);
      expect(relativeError(variant.alphaBar, diffusion.alphaBar), name).toBeLessThan(1e-5);
      expect(variant.error, name).toBeLessThan(1e-2);
      expect(variant.finite, name).toBe(true);
      const asked = config.objective === 'flow' ? times : times.map(Math.floor);
      const weights = lossWeightsAt(diffusion, config.objective, training, asked);
      expect(relativeError(variant.weights, weights), name).toBeLessThan(1e-3);
      expect(variant.bound !== null, name).toBe(config.learnedVariance);
      if (variant.bound !== null)
        expect(variant.bound / (await boundOf(diffusion, variant.values)), name).toBeCloseTo(1, 2);
    }
    expect(Object.keys(answer.snippets)).toHaveLength(9);
    // At t = 0, 1 − ᾱ is 10⁻⁴, of which float32 keeps three digits.
    for (const [name, error] of Object.entries(answer.snippets)) expect(error, name).toBeLessThan(1e-3);
    const covered = new Set(Object.values(variants).map(({ config }) => config.objective as ObjectiveId));
    expect(covered).toEqual(new Set(Object.keys(objectives)));
  });
});
