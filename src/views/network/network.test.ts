import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../engine/backend/wasm';
import { fusedOperations } from '../../engine/kernels/fused';
import { smallConfig } from '../../engine/network/testing';
import { relativeError } from '../../engine/parity/golden';
import { type AnyStudy, type StudyEnvironment, studyEnvironment } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import { initialWeights } from '../../engine/unet/weights';
import { samplingGroup } from '../../settings/groups/sampling';
import type { EditingNeeds } from '../../store/editing';
import type { StudyEngine } from '../../store/latestStudy';
import type { TrainingState } from '../../store/trainingState';
import { pageValues } from '../../testing/values';
import { viewCore } from '../../testing/viewCore';
import { createBroken } from './brokenState';
import { breaking } from './brokenStudy';
import { decidingPixels } from './gradientStudy';
import { measureHealth } from './measureHealth';
import { type NetworkSettings, networkGroup } from './settings';
import { createNetwork, settingsFor } from './state';
import { insideNetwork } from './study';

const config = smallConfig({ n_classes: 2 });
const count = 120;
const data = {
  ...{ id: 'digits', images: new Random(1).normal(count * 16), imageSize: 4, channels: 1, count },
  ...{ labels: Uint8Array.from({ length: count }, (_, i) => i % 2), classNames: ['even', 'odd'] },
} as unknown as NonNullable<EditingNeeds['dataset']['data']>;
const studies: Record<string, AnyStudy> = { insideNetwork, decidingPixels, breaking };

let environment: StudyEnvironment;

beforeAll(async () => {
  await startWasm({ threads: 1 });
  const model = {
    config,
    weights: initialWeights(config, new Random(2)),
    operations: fusedOperations,
    sawHeldOut: false,
  };
  environment = studyEnvironment(model, {
    inTurn: async (work) => work(),
    dataset: () => data,
    readModel: () => Promise.reject(new Error('There are no files here.')),
  });
});

/** The same but for rounding: what is observed may have been added up in another order. */
const same = (one: Float32Array | undefined, other: Float32Array) => relativeError(one ?? [], other) < 1e-5;

/** The slices over the studies themselves, which ask a real network. */
function page(changes: Partial<EditingNeeds> = {}) {
  const asked: unknown[] = [];
  const study = ((name, _, request, listen) => {
    asked.push(request);
    const work = studies[name] as unknown as (...args: unknown[]) => Promise<unknown>;
    const tell = async (report: unknown) =>
      (await (listen as (report: unknown) => unknown)(report)) !== false;
    return work(environment, request, tell);
  }) as StudyEngine['study'];
  const core = viewCore(
    {
      session: { status: 'ready' as const, backend: null },
      dataset: { data },
      training: { model: { config, parameters: 1 }, step: 7 } as EditingNeeds['training'],
      ...changes,
    },
    pageValues('digits', {
      origin: { origin: 'own' },
      sampling: { ...samplingGroup.defaults, weights: 'raw' },
      ...changes.values,
    }),
  );
  const place = { core, engine: { study } } as unknown as Parameters<typeof createNetwork>[0];
  const network = createNetwork(place);
  const broken = createBroken(place);
  const set = (settings: Partial<NetworkSettings>) => core.getState().set(networkGroup, settings as never);
  return {
    ...{ asked, set },
    network: network.getState,
    broken: broken.getState,
    subscribe: broken.subscribe,
  };
}

describe('looking inside the network', () => {
  it('gives every block its maps, the attention of the pixel, and the block taken apart', async () => {
    const { set, network } = page();
    set({ t: 20, block: 'down.2.res', channel: 3, row: 2, column: 1 });
    await network().lookInside();
    const { inside, looking, problem } = network();
    expect({ looking, problem }).toEqual({ looking: false, problem: null });
    expect(inside).toMatchObject({ t: 19, block: 'down.2.res', channel: 3, row: 2, column: 1, config });
    expect(inside?.outputs.get('down.2.res')?.shape).toEqual([1, 16, 2, 2]);
    expect(inside?.attention).toHaveLength(4);
    expect(inside?.detail).toMatchObject({ block: 'down.2.res', channel: 3, row: 1, column: 0 });
    // What is predicted is what the denoiser predicts that is told the same class.
    const eps = await environment.denoiseAs([{ label: 0, guidance: 0 }])(inside?.xt as Float32Array, 19);
    expect(same(inside?.outputs.get('final')?.data, eps)).toBe(true);
    expect(same(inside?.unbroken.data, eps)).toBe(true);
  });

  it('tells no class where that is not wanted, which gives another prediction', async () => {
    const { set, network } = page();
    await network().lookInside();
    const told = network().inside?.unbroken.data as Float32Array;
    set({ tellClass: false });
    await network().lookInside();
    const missing = network().inside?.unbroken.data as Float32Array;
    expect(same(missing, told)).toBe(false);
    const eps = await environment.denoise(network().inside?.xt as Float32Array, 49);
    expect(same(missing, eps)).toBe(true);
  });

  it('shows the changed network beside the unbroken one', async () => {
    const { set, network } = page();
    await network().lookInside();
    const before = network().inside;
    set({
      changes: [
        { point: 'time_emb', scale: 0 },
        { point: 'class_emb', scale: 0 },
      ],
    });
    await network().lookInside();
    const after = network().inside;
    expect(after?.outputs.get('time_emb')?.data.every((value) => value === 0)).toBe(true);
    const unbroken = before?.unbroken.data as Float32Array;
    expect(same(after?.unbroken.data, unbroken)).toBe(true);
    expect(same(after?.outputs.get('final')?.data, unbroken)).toBe(false);
  });

  it('lets the latest of many win, and says why it cannot look', async () => {
    const { asked, set, network } = page();
    const looks = [10, 20, 30, 40].map((t) => {
      set({ t });
      return network().lookInside();
    });
    await Promise.all(looks);
    expect(network().inside?.t).toBe(39);
    expect(asked.length).toBeLessThan(4);
    const without = page({ session: { status: 'starting', backend: null } });
    await without.network().lookInside();
    expect(without.network().problem).toBe('The engine is starting.');
  });

  it('differentiates at several t, the chosen one among them', async () => {
    const { set, network } = page();
    set({ t: 11, of: 'x0' });
    await network().differentiate();
    const { gradients, differentiating } = network();
    expect(differentiating).toBe(false);
    const times = gradients?.shown.map(({ t }) => t) ?? [];
    expect(times).toContain(10);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(gradients?.shown.every(({ gradient }) => gradient.length === 16)).toBe(true);
  });
});

describe('health', () => {
  it('is measured from the start of a run on, or from when it is switched on in one', () => {
    type Status = TrainingState['status'];
    const core = viewCore({ training: { status: 'paused' as Status } });
    const told: boolean[] = [];
    const setHealth = async (on: boolean) => {
      told.push(on);
    };
    measureHealth({ core, engine: { setHealth } });
    const become = (status: Status) => core.setState({ training: { status } });
    const set = (settings: Partial<NetworkSettings>) => core.getState().set(networkGroup, settings as never);
    set({ health: true });
    expect(told).toEqual([]);
    become('starting');
    become('training');
    expect(told).toEqual([true]);
    set({ health: false });
    set({ t: 9 });
    expect(told).toEqual([true, false]);
    become('paused');
    become('training');
    expect(told).toEqual([true, false, false]);
  });
});

describe('settings for a model', () => {
  it('name only what it has', () => {
    const settings = {
      ...networkGroup.defaults,
      ...{ t: 9000, row: 30, column: 2, block: 'down.9.res', channel: 500, colour: 2 },
      changes: [
        { point: 'up.0.res.skip', scale: 0 },
        { point: 'up.9.res.skip', scale: 0 },
        { point: 'down.0.res', channel: 7, scale: 0 },
        { point: 'down.0.res', channel: 8, scale: 0 },
      ],
    };
    expect(settingsFor(settings, smallConfig())).toEqual({
      ...settings,
      ...{ t: 50, row: 3, block: 'image_proj', channel: 7, colour: 0, tellClass: false },
      changes: [settings.changes[0], settings.changes[2]],
    });
  });
});

describe('a broken network beside the unbroken one', () => {
  it('draws samples from the same noise and measures errors by t', async () => {
    const { set, broken } = page();
    set({ changes: [{ point: 'middle.attn.output', scale: 0 }] });
    await broken().compare();
    const { shown, status } = broken();
    expect(status).toBe('finished');
    expect(shown?.done).toBe(shown?.total);
    expect(shown?.samples.unbroken).toHaveLength(8 * 16);
    expect(shown?.samples.broken).not.toEqual(shown?.samples.unbroken);
    expect(shown?.errors.map(({ t }) => t)).toEqual([2, 7, 12, 17, 22, 27, 32, 37, 42, 47]);
    expect(
      shown?.errors.every(({ unbroken, broken }) => unbroken > 0 && broken > 0 && unbroken !== broken),
    ).toBe(true);
  });

  it('is the same twice where nothing is changed', async () => {
    const { broken } = page();
    await broken().compare();
    const { shown } = broken();
    expect(shown?.samples.broken).toEqual(shown?.samples.unbroken);
    for (const { unbroken, broken } of shown?.errors ?? []) expect(broken).toBe(unbroken);
  });

  it('stops when it is told to', async () => {
    const { broken, subscribe } = page();
    subscribe(({ status, shown, stop }) => {
      if (status === 'running' && shown?.done === 3) stop();
    });
    await broken().compare();
    expect(broken().status).toBe('stopped');
    expect(broken().shown?.done).toBe(3);
  });
});
