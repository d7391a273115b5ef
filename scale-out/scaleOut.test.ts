import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { findPythonWithTorch } from '../bench/torch';
import { restartRecord, scalarsRecord, versionRecord } from '../cli/log/eventFile';
import { runCli, temporaryFolder } from '../cli/testing/runCli';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../src/engine/diffusion/diffusion';
import { drawnSchedule } from '../src/engine/diffusion/schedules/drawn';
import { schedules } from '../src/engine/diffusion/schedules/schedules';
import { Random } from '../src/engine/training/random';
import { parseModelConfig } from '../src/engine/unet/config';
import { parameterCount } from '../src/engine/unet/size';
import type { StateDict } from '../src/engine/unet/weights';
import { readComparison } from '../src/views/runs/compare/files';

const python = findPythonWithTorch('PIL');
if (!python)
  console.warn('No python3 with PyTorch and Pillow was found: the tests of scale-out are skipped.');

const folder = temporaryFolder();
afterAll(folder.remove);
const digits = fileURLToPath(new URL('../public/data/digits.zip', import.meta.url));
const small = {
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 40,
  n_groups: 4,
  n_final_groups: 2,
  dropout: 0,
};

interface Ended {
  code: number | null;
  output: string;
}

function start(...args: string[]) {
  const child = spawn(python as string, args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONUNBUFFERED: '1' },
  });
  const run = { output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      run.output += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, output: run.output }));
  });
  return { ended, pid: child.pid as number, kill: () => child.kill('SIGKILL') };
}

type Options = Record<string, string | number>;

const flags = (options: Options) =>
  Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

/** `ddpm_scale_out.train` under torchrun in so many processes. */
function torchrun(processes: number, options: Options) {
  return start(
    // Torch 1.13 knows no --nproc-per-node, and on Python 3.11 fails where it is not told what to redirect.
    ...['-m', 'torch.distributed.run', '--nproc_per_node', String(processes), '-r', '1', '-t', '1'],
    // As --standalone, but on a port that is free: two of those on one machine end up in one another's run.
    ...['--rdzv_backend', 'c10d', '--rdzv_endpoint', 'localhost:0'],
    ...['-m', 'ddpm_scale_out.train', ...flags({ data: digits, 'learning-rate': 0.001, ...options })],
  );
}

async function succeed({ ended }: { ended: Promise<Ended> }): Promise<string> {
  const { code, output } = await ended;
  expect(code, output).toBe(0);
  return output;
}

/** A bundle of the engine after a few steps, and its path. */
async function engineBundle(name: string, config: object = small): Promise<string> {
  writeFileSync(folder.at(`${name}.json`), JSON.stringify(config));
  const options = {
    ...{
      dataset: 'digits',
      config: folder.at(`${name}.json`),
      batch: 8,
      steps: 6,
      seed: 3,
      'learning-rate': 0.001,
    },
    ...{ out: folder.at(`${name}.model.safetensors`), state: folder.at(`${name}.safetensors`) },
  };
  const outcome = await runCli('train', ...flags(options), '--force');
  expect(outcome.code, outcome.stderr).toBe(0);
  return options.state;
}

const read = (path: string) => new Uint8Array(readFileSync(path));
const open = (path: string) => readBundle(read(path));

function largestDifference(a: StateDict, b: StateDict): number {
  expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
  let largest = 0;
  for (const [name, { data }] of a) {
    const other = b.get(name)?.data as Float32Array;
    // A key's bias shifts all scores of a query alike: its gradient is nothing but rounding, which Adam scales up.
    const isKeyBias = (i: number) =>
      name.endsWith('attn.projection.bias') && Math.floor((3 * i) / data.length) === 1;
    data.forEach((value, i) => {
      if (isKeyBias(i)) return;
      largest = Math.max(largest, Math.abs(value - (other[i] as number)));
    });
  }
  return largest;
}

describe.skipIf(!python)('scale-out', () => {
  test('goes on with a bundle under torchrun, and the engine agrees with what comes back', async () => {
    const bundle = await engineBundle('engine', { ...small, n_classes: 10, learned_variance: true });
    const out = folder.at('scaled.safetensors');
    await succeed(torchrun(2, { bundle, out, steps: 26, batch: 16 }));
    const [before, after] = [open(bundle), open(out)];
    expect(after.training).toMatchObject({
      step: 26,
      random: before.training?.random,
      extra: { ...(before.training?.extra as object), sawHeldOut: true },
    });
    expect(after.training?.losses.length).toBe(26);
    expect(after.training?.losses.slice(0, 6)).toEqual(before.training?.losses);
    expect(largestDifference(before.weights, after.weights)).toBeGreaterThan(1e-4);

    const inputs = folder.at('inputs.safetensors');
    const x = new Random(1).normal(3 * 64);
    writeFileSync(
      inputs,
      writeSafetensors(
        new Map([
          ['x', { shape: [3, 1, 8, 8], data: x }],
          ['t', { shape: [3], data: Int32Array.of(0, 17, 39) }],
        ]),
      ),
    );
    const [ours, theirs] = [folder.at('ours.safetensors'), folder.at('theirs.safetensors')];
    const predicted = await runCli('predict', ...flags({ model: out, inputs, out: ours }));
    expect(predicted.code, predicted.stderr).toBe(0);
    await succeed(
      start('-m', 'ddpm_scale_out.predict', ...flags({ bundle: out, inputs, out: theirs, weights: 'ema' })),
    );
    const eps = (path: string) => {
      const tensor = readSafetensors(read(path)).tensors.get('eps');
      return tensor?.data as Float32Array;
    };
    const scale = Math.max(...eps(theirs).map(Math.abs));
    eps(ours).forEach((value, i) => {
      expect(Math.abs(value - (eps(theirs)[i] as number)) / scale).toBeLessThan(1e-4);
    });
    const resumed = folder.at('resumed.safetensors');
    const more = await runCli('train', ...flags({ resume: out, steps: 28, out: resumed }));
    expect(more.code, more.stderr).toBe(0);
  });

  test('a recipe begins a model and goes on with it: the annotated page’s own, at a tenth of its width', async () => {
    const recipe = JSON.parse(readFileSync(new URL('recipes/annotated-ddpm.json', import.meta.url), 'utf8'));
    // The page of the reference says 168 million.
    expect(Math.round(parameterCount(parseModelConfig(recipe.config)) / 1e6)).toBe(168);
    Object.assign(recipe.config, { n_channels: 6, n_groups: 3, n_final_groups: 3 });
    const file = folder.at('tenth.json');
    writeFileSync(file, JSON.stringify(recipe));
    const data = fileURLToPath(new URL('../public/data/emoji-32.zip', import.meta.url));
    const [whole, parts] = [folder.at('recipe-whole.safetensors'), folder.at('recipe-parts.safetensors')];
    const begin = { recipe: file, data, batch: 4 };
    await succeed(torchrun(1, { ...begin, out: whole, steps: 4 }));
    expect(await succeed(torchrun(2, { ...begin, out: parts, steps: 2 }))).toContain('Begins at step 0');
    expect(await succeed(torchrun(2, { ...begin, out: parts, steps: 4 }))).toContain('Goes on at step 2');
    expect(open(parts).config).toMatchObject({ nChannels: 6, chMults: [1, 2, 2, 4], dropout: 0.1 });
    expect(open(parts).training?.step).toBe(4);
    expect(open(whole).training?.losses[0]).toBeCloseTo(1, 0);
    const wrong = { ...recipe, training: { batch: 4, learning_rates: 1 } };
    writeFileSync(file, JSON.stringify(wrong));
    const refused = await torchrun(1, { ...begin, out: folder.at('none.safetensors'), steps: 1 }).ended;
    expect(refused.output).toContain("there is no training option 'learning_rates'");
  });

  test('a flow goes on under torchrun, and a diffusion becomes one; the engine agrees with what comes back', async () => {
    const diffusion = await engineBundle('diffusion');
    const [begun, out] = [folder.at('begun-flow.safetensors'), folder.at('flow.safetensors')];
    const options = { steps: 6, batch: 8, 'time-sampling': 'logitNormal' };
    await succeed(torchrun(1, { ...options, bundle: diffusion, out: begun, objective: 'flow' }));
    expect(open(begun)).toMatchObject({
      config: { objective: 'flow', schedule: 'straight' },
      training: { step: 6 },
    });
    const split = { ...options, bundle: begun, objective: 'flow', steps: 16 };
    const alone = folder.at('flow-alone.safetensors');
    await succeed(torchrun(1, { ...split, out: alone }));
    await succeed(torchrun(2, { ...split, out }));
    expect(largestDifference(open(alone).weights, open(out).weights)).toBeLessThan(1e-5);
    expect(open(out).training?.step).toBe(16);

    const inputs = folder.at('flow-inputs.safetensors');
    const t = [0, 17, 39];
    const x = new Random(1).normal(3 * 64);
    const tensors = { x: { shape: [3, 1, 8, 8], data: x }, t: { shape: [3], data: Int32Array.from(t) } };
    writeFileSync(inputs, writeSafetensors(new Map(Object.entries(tensors))));
    const [ours, theirs] = [folder.at('flow-ours.safetensors'), folder.at('flow-theirs.safetensors')];
    const predicted = await runCli('predict', ...flags({ model: out, inputs, out: ours }));
    expect(predicted.code, predicted.stderr).toBe(0);
    const asked = { bundle: out, inputs, out: theirs, weights: 'ema' };
    await succeed(start('-m', 'ddpm_scale_out.predict', ...flags(asked)));
    const eps = (path: string) => readSafetensors(read(path)).tensors.get('eps')?.data as Float32Array;
    const scale = Math.max(...eps(theirs).map(Math.abs));
    eps(ours).forEach((value, i) => {
      expect(Math.abs(value - (eps(theirs)[i] as number)) / scale).toBeLessThan(1e-4);
    });
    const more = await runCli(
      'train',
      ...flags({ resume: out, steps: 18, out: folder.at('flow-resumed.safetensors') }),
    );
    expect(more.code, more.stderr).toBe(0);
    const grid = folder.at('flow.png');
    await succeed(
      start('-m', 'ddpm_scale_out.sample', ...flags({ bundle: out, out: grid, count: 4, steps: 4 })),
    );
    await succeed(
      start(
        '-m',
        'ddpm_scale_out.export_diffusers',
        ...flags({ bundle: out, out: folder.at('flow-diffusers') }),
      ),
    );
    const scheduler = readFileSync(folder.at('flow-diffusers/scheduler/scheduler_config.json'), 'utf8');
    expect(JSON.parse(scheduler)).toMatchObject({
      _class_name: 'FlowMatchEulerDiscreteScheduler',
      num_train_timesteps: 40,
    });
  });

  test('two processes are one with the double batch, and so are two parts one after another', async () => {
    const bundle = await engineBundle('split');
    const common = { bundle, steps: 14, batch: 16 };
    const [one, two, parts] = ['one', 'two', 'parts'].map((name) => folder.at(`${name}.safetensors`)) as [
      string,
      string,
      string,
    ];
    await Promise.all([
      succeed(torchrun(1, { ...common, out: one })),
      succeed(torchrun(1, { ...common, out: parts, accumulate: 2 })),
    ]);
    await succeed(torchrun(2, { ...common, out: two }));
    for (const other of [two, parts]) {
      expect(largestDifference(open(one).weights, open(other).weights)).toBeLessThan(1e-5);
      expect(largestDifference(open(one).ema, open(other).ema)).toBeLessThan(1e-5);
    }
  });

  test('writes the log of a run as the command line does, which the page opens, and goes on with it', async () => {
    const bundle = await engineBundle('logged', { ...small, n_classes: 10 });
    const [out, log] = [folder.at('logged-out.safetensors'), folder.at('logged-run')];
    const options = { bundle, out, log, batch: 8, 'log-every': 4, 'sample-every': 8 };
    await succeed(torchrun(2, { ...options, steps: 14 }));
    const logged = () => {
      const [run] = readComparison(readFileSync(`${log}/run.json`, 'utf8'));
      if (!run) throw new Error('no run');
      return run;
    };
    const lines = () =>
      readFileSync(`${log}/log.jsonl`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const { facts, body } = logged();
    expect(facts).toMatchObject({
      name: 'logged-run',
      step: 14,
      backend: 'PyTorch',
      device: '2 × cpu',
      diverged: false,
      settings: { model: { nClasses: 10 }, training: { batchSize: 8, learningRate: 0.001, steps: 14 } },
    });
    expect(facts.parameters).toBe(parameterCount(facts.settings.model));
    const losses = open(out).training?.losses as Float32Array;
    expect(body.head).toEqual(Array.from(losses));
    expect(body.losses).toMatchObject({ before: 0, end: 14, interval: 1 });
    body.losses.mean.forEach((loss, i) => {
      expect(loss).toBeCloseTo(losses[i] as number, 4);
    });
    expect(body.samples.map(({ step, count, size }) => [step, count, size])).toEqual([
      [8, 16, 8],
      [14, 16, 8],
    ]);
    expect(lines().map(({ step, images }) => [step, images])).toEqual([
      [8, 64],
      [12, 96],
      [14, 112],
    ]);
    expect(lines()[2].loss).toBeCloseTo(((losses[12] as number) + (losses[13] as number)) / 2, 4);
    expect(decode(read(`${log}/samples/step-000008.png`)).width).toBe(7 * (4 * 9 - 1));

    writeFileSync(`${log}/log.jsonl`, '{"run":"logged-run","step":15,"loss":9}\n{"ru', { flag: 'a' });
    await succeed(torchrun(1, { ...options, steps: 18, 'learning-rate': 0.0005 }));
    const more = logged();
    expect(more.facts).toMatchObject({ id: facts.id, startedAt: facts.startedAt, step: 18 });
    expect(more.body.marks).toEqual([
      { path: 'training.learningRate', before: 0.001, after: 0.0005, step: 14 },
    ]);
    expect(lines().map(({ step }) => step)).toEqual([8, 12, 14, 16, 18]);
    expect(lines()[3].loss).not.toBe(9);

    const other = await start(
      '-m',
      'ddpm_scale_out.train',
      ...flags({ ...options, data: digits, out: folder.at('other-out.safetensors'), steps: 8 }),
    ).ended;
    expect(other.code).toBe(1);
    expect(other.output).toContain('has the log of a run already');
  });

  test('writes event files of the same bytes as the command line', async () => {
    const script = `import sys; from ddpm_scale_out.event_file import *; sys.stdout.write((version_record(1.5) + restart_record(2.5, 300) + scalars_record(3.5, 70000, {"loss/training": 0.25})).hex())`;
    const theirs = await succeed(start('-c', script));
    const ours = Buffer.concat([
      versionRecord(1.5),
      restartRecord(2.5, 300),
      scalarsRecord(3.5, 70_000, { 'loss/training': 0.25 }),
    ]);
    expect(theirs.trim()).toBe(ours.toString('hex'));
  });

  test('killed in the middle, it goes on from the last checkpoint as if nothing had been', async () => {
    const bundle = await engineBundle('killed');
    const [whole, killed] = [folder.at('whole.safetensors'), folder.at('cut.safetensors')];
    const train = (options: Options) =>
      start(
        '-m',
        'ddpm_scale_out.train',
        ...flags({ data: digits, bundle, batch: 8, 'save-every': 10, ...options }),
      );
    await succeed(train({ out: whole, steps: 60 }));

    const run = train({ out: killed, steps: 100_000 });
    let over = false;
    void run.ended.then(() => {
      over = true;
    });
    while (!exists(killed) && !over) await wait(20);
    run.kill();
    await run.ended;
    const reached = open(killed).training?.step as number;
    expect(reached % 10).toBe(0);
    const again = await succeed(train({ out: killed, steps: Math.max(60, reached + 10) }));
    expect(again).toContain(`Goes on at step ${reached}`);
    if (reached < 60) expect(largestDifference(open(whole).weights, open(killed).weights)).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')(
    'one of two processes killed ends the other too, and the run goes on from the last checkpoint',
    async () => {
      const bundle = await engineBundle('halved');
      const out = folder.at('halved-out.safetensors');
      const options = { bundle, out, batch: 8, 'save-every': 10 };
      const run = torchrun(2, { ...options, steps: 1_000_000 });
      let over = false;
      void run.ended.then(() => {
        over = true;
      });
      while (!exists(out) && !over) await wait(20);
      const processes = trainingProcesses(run.pid);
      expect(processes).toHaveLength(2);
      process.kill(processes[1] as number, 'SIGKILL');
      const { code, output } = await run.ended;
      expect(code, output).not.toBe(0);
      expect(processes.filter(isAlive)).toEqual([]);
      const reached = open(out).training?.step as number;
      expect(reached % 10).toBe(0);
      const again = await succeed(torchrun(2, { ...options, steps: reached + 10 }));
      expect(again).toContain(`Goes on at step ${reached}`);
      expect(open(out).training?.losses.length).toBe(reached + 10);
    },
  );

  test('knows the same schedules', async () => {
    const ids = [...Object.keys(schedules), drawnSchedule([0.9, 0.8, 0.6, 0.4, 0.25, 0.1, 0.05, 0.01])];
    const script = `import json; from ddpm_scale_out.diffusion import Diffusion; print(json.dumps([Diffusion(i, 100).betas.tolist() for i in ${JSON.stringify(ids)}]))`;
    const theirs: number[][] = JSON.parse(await succeed(start('-c', script)));
    ids.forEach((id, i) => {
      const { betas } = createDiffusion(id, 100);
      betas.forEach((beta, t) => {
        expect(Math.abs(beta - (theirs[i]?.[t] as number))).toBeLessThan(1e-6);
      });
    });
  });

  test('exports a folder for diffusers: weights, noise schedule, and the module that it lacks', async () => {
    const [bundle, out] = [await engineBundle('export'), folder.at('diffusers')];
    await succeed(start('-m', 'ddpm_scale_out.export_diffusers', ...flags({ bundle, out })));
    const { ema } = open(bundle);
    const { tensors } = readSafetensors(read(`${out}/unet/diffusion_pytorch_model.safetensors`));
    for (const [name, { data }] of ema) expect(tensors.get(name)?.data).toEqual(data);
    const { trained_betas: betas, prediction_type: prediction } = JSON.parse(
      readFileSync(`${out}/scheduler/scheduler_config.json`, 'utf8'),
    );
    expect(Float32Array.from(betas)).toEqual(createDiffusion('linear', 40).betas);
    expect(prediction).toBe('epsilon');
    await succeed(start('-m', 'py_compile', `${out}/unet/playground_unet.py`));
    const grid = folder.at('grid.png');
    await succeed(
      start('-m', 'ddpm_scale_out.sample', ...flags({ bundle, out: grid, count: 5, steps: 4, scale: 2 })),
    );
    expect(decode(read(grid))).toMatchObject({
      width: 2 * (3 * 9 - 1),
      height: 2 * (2 * 9 - 1),
      channels: 1,
    });
  });

  test.each<[string, Options, RegExp]>([
    [
      'a batch that cannot be split',
      { batch: 7, accumulate: 2 },
      /--batch 7 cannot be split among 1 processes × 2 parts/,
    ],
    ['data that is not there', { data: '/nowhere' }, /\/nowhere is no folder, \.npz or \.zip/],
    ['a bundle that is none', { bundle: digits }, /digits\.zip is no safetensors file, or damaged/],
    ['a config nested too deeply', { bundle: folder.at('deep') }, /deep is no model of the playground/],
  ])('explains %s', async (_, changes, message) => {
    const bundle = await engineBundle('explained');
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    writeFileSync(folder.at('deep'), writeSafetensors(new Map(), { config: deep }));
    const options = {
      bundle,
      data: digits,
      out: folder.at('none.safetensors'),
      steps: 8,
      batch: 8,
      ...changes,
    };
    const { code, output } = await start('-m', 'ddpm_scale_out.train', ...flags(options)).ended;
    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toContain('Traceback');
  });
});

/** The processes of a run that train, those of the lowest rank first; torchrun itself is `parent`. */
function trainingProcesses(parent: number): number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return children.sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(pid: number): number {
  return Number(/(?:^|\0)RANK=(\d+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1]);
}

function isAlive(pid: number): boolean {
  return exists(`/proc/${pid}`);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
