import { describe, expect, it } from 'vitest';
import type { LoadedDataset } from '../../engine/data/datasets';
import { samplingGroup } from '../../settings/groups/sampling';
import type { EditingNeeds } from '../../store/editing';
import type { StudyEngine } from '../../store/latestStudy';
import { redone, undone } from '../../store/undoHistory';
import { valuesOf } from '../../store/valuesSlice';
import { testModel } from '../../testing/countingEngine';
import { tasks } from '../../testing/time';
import { pageValues } from '../../testing/values';
import { viewCore } from '../../testing/viewCore';
import { changeDrawing, changeHole, changeMaskedImage, editedGroup, maskedOf, stroke } from './drawings';
import { createImageToImage } from './imageToImage/state';
import type { ImageToImageRequest } from './imageToImage/study';
import { createInpainting } from './inpainting/state';
import type { InpaintingRequest } from './inpainting/study';
import { createInterpolation, frameAt } from './interpolation/state';
import type { InterpolatingRequest } from './interpolation/study';
import { inpaintingGroup, interpolationGroup, places } from './settings';

/** Images of 2×2 pixels: the first is 0.5 everywhere, the second −0.5. */
const images = Float32Array.of(0.5, 0.5, 0.5, 0.5, -0.5, -0.5, -0.5, -0.5);
const data: LoadedDataset = {
  ...{ id: 'digits', imageSize: 2, channels: 1, count: 2, classNames: [] },
  images,
  labels: new Uint8Array(2),
};

/** Answers in two reports, after which it waits for a task; every λ gets an image that is λ everywhere. */
function page(changes: Partial<EditingNeeds> = {}) {
  const asked: { name: string; source: unknown; request: unknown }[] = [];
  let problem: Error | null = null;
  const study = (async (name, source, request, listen) => {
    asked.push({ name, source, request });
    const tell = listen as unknown as (report: object) => unknown;
    if (problem) throw problem;
    const lambdas = (request as Partial<InterpolatingRequest>).lambdas ?? [0.25];
    const x = Float32Array.from(
      { length: lambdas.length * 4 },
      (_, i) => lambdas[Math.floor(i / 4)] as number,
    );
    for (const done of [1, 2]) {
      await tasks(1);
      if (tell({ done, index: done, total: 2, t: 2 - done, x, x0: x }) === false) return null;
    }
    return x;
  }) as StudyEngine['study'];
  const { values, ...others } = changes;
  const core = viewCore(
    {
      session: { status: 'ready' as const, backend: null },
      dataset: { data: data as LoadedDataset | null },
      training: { model: { config: testModel, parameters: 1 }, step: 7 } as EditingNeeds['training'],
      ...others,
    },
    pageValues('digits', {
      origin: { origin: 'own' },
      sampling: { ...samplingGroup.defaults, weights: 'raw' },
      ...values,
    }),
  );
  const place = { core, engine: { study } } as Parameters<typeof createInterpolation>[0];
  const fail = (message: string) => {
    problem = new Error(message);
  };
  return {
    ...{ asked, fail, core: core.getState },
    interpolation: createInterpolation(place).getState,
    imageToImage: createImageToImage(place).getState,
    inpainting: createInpainting(place).getState,
  };
}

describe('interpolation', () => {
  it('draws the strip first, then every λ between, each at its place', async () => {
    const { asked, core, interpolation } = page();
    core().set(interpolationGroup, { t: 60, steps: 'all', sampler: 'ancestral' });
    await interpolation().draw();
    const { frames, status } = interpolation();
    expect(status).toBe('finished');
    expect(frames.map((frame) => frame?.[3])).toEqual(
      Array.from({ length: places }, (_, place) => Math.fround(place / 40)),
    );
    const requests = asked.map(({ request }) => request as InterpolatingRequest);
    expect(requests[0]?.lambdas).toEqual([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]);
    expect(requests.every(({ t, steps }) => t === 59 && steps === 60)).toBe(true);
    expect(requests[0]?.images).toEqual([images.slice(0, 4), images.slice(4)]);
    expect(asked[0]?.source).toEqual({ own: 'raw' });
  });

  it('lets the latest of many win, and asks for none of those between', async () => {
    const { asked, core, interpolation } = page();
    const runs = [10, 20, 30, 40].map((t) => {
      core().set(interpolationGroup, { t });
      return interpolation().draw();
    });
    await Promise.all(runs);
    expect(new Set(asked.map(({ request }) => (request as InterpolatingRequest).t))).toEqual(new Set([39]));
    expect(interpolation().frames.every((frame) => frame !== null)).toBe(true);
  });

  it('takes no more steps than there are, and at t = 0 none', async () => {
    const { asked, core, interpolation } = page();
    core().set(interpolationGroup, { t: 5000, steps: 25 });
    await interpolation().draw();
    core().set(interpolationGroup, { t: 0 });
    await interpolation().draw();
    const requests = asked.map(({ request }) => request as InterpolatingRequest);
    expect([requests[0]?.t, requests.at(-1)?.t, requests.at(-1)?.steps]).toEqual([99, -1, 0]);
  });

  it('keeps the frames when a run fails, and says why', async () => {
    const { interpolation, fail } = page();
    await interpolation().draw();
    fail('The GPU was lost.');
    await interpolation().draw();
    expect(interpolation()).toMatchObject({ status: 'failed', problem: 'The GPU was lost.' });
    expect(interpolation().frames[40]?.[0]).toBe(1);
  });

  it('shows the nearest frame that is there', () => {
    const frames = [null, null, Float32Array.of(2), null, null, null, Float32Array.of(6)];
    expect([0, 3, 5, 40].map((place) => frameAt({ frames }, place)?.[0])).toEqual([2, 2, 6, 6]);
    expect(frameAt({ frames: [] }, 3)).toBeNull();
  });
});

describe('what keeps an image from being edited', () => {
  it.each<[Partial<EditingNeeds>, string]>([
    [{ session: { status: 'starting', backend: null } }, 'engine is starting'],
    [{ values: pageValues('fashion-28'), training: { model: null, step: 0 } }, 'train one first'],
    [{ dataset: { data: null } }, 'are loading'],
    [
      { training: { model: { config: { ...testModel, imageSize: 16 }, parameters: 1 }, step: 1 } },
      '16×16 pixels in grey, and those of Digits are 2×2 pixels in grey',
    ],
  ])('is said: %#', async (changes, message) => {
    const { asked, interpolation } = page(changes);
    await interpolation().draw();
    expect(interpolation().problem).toContain(message);
    expect(asked).toEqual([]);
  });
});

describe('image to image', () => {
  it('noises and denoises the drawing as it is now, after strokes, undo and redo', async () => {
    const { asked, core, imageToImage } = page();
    const change = (next: Parameters<typeof changeDrawing>[1]) => changeDrawing(core(), next);
    const draw = (...pixels: number[]) => stroke<Float32Array>(Float32Array.from(pixels), false);
    change(draw(1, 0, 0, 0));
    change(stroke<Float32Array>(Float32Array.of(1, 1, 0, 0), true));
    change(draw(1, 1, 1, 0));
    change(undone);
    await imageToImage().draw();
    change(undone);
    await imageToImage().draw();
    change(redone);
    await imageToImage().draw();
    const drawn = asked.map(({ request }) => [...(request as ImageToImageRequest).image]);
    expect(drawn).toEqual([
      [1, 1, 0, 0],
      [-0.5, -0.5, -0.5, -0.5],
      [1, 1, 0, 0],
    ]);
    expect(imageToImage()).toMatchObject({ status: 'finished', variants: { count: 1, size: 2 } });
  });
});

describe('inpainting', () => {
  it('keeps what is outside the hole, and shows its last move', async () => {
    const { asked, core, inpainting } = page();
    core().set(inpaintingGroup, { steps: 5000 });
    await inpainting().draw();
    const request = asked[0]?.request as InpaintingRequest;
    expect([...request.known], 'the page opens with a hole over the lower half').toEqual([1, 1, 0, 0]);
    expect(request.resampling.steps).toBe(100);
    expect(inpainting()).toMatchObject({ status: 'finished', shown: { index: 2, total: 2 } });
  });

  it('asks for a hole where there is none', async () => {
    const { asked, core, inpainting } = page();
    changeHole(core(), stroke<Uint8Array>(new Uint8Array(4), false));
    await inpainting().draw();
    expect(inpainting().problem).toContain('paint over');
    expect(asked).toEqual([]);
    changeHole(core(), undone);
    await inpainting().draw();
    expect(inpainting()).toMatchObject({ status: 'finished', problem: null });
  });

  it('stops, keeps what it shows, and goes on anew', async () => {
    const { inpainting } = page();
    const run = inpainting().draw();
    inpainting().stop();
    await run;
    expect(inpainting().status).toBe('stopped');
    await inpainting().draw();
    expect(inpainting().status).toBe('finished');
  });

  it('keeps the hole for the next image, and what the page opened with is not the user’s', () => {
    const { core } = page();
    expect(maskedOf(core())?.size).toBe(2);
    expect(valuesOf(core(), editedGroup)).toEqual({ drawing: null, masked: null });
    changeHole(core(), stroke<Uint8Array>(Uint8Array.of(1, 0, 0, 0), false));
    changeMaskedImage(core(), images.slice(4), 1);
    expect([...(maskedOf(core())?.hole.present ?? [])]).toEqual([1, 0, 0, 0]);
    expect(valuesOf(core(), editedGroup).masked).toMatchObject({ dataset: 'digits', example: 1 });
  });
});
