import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { InterpolatingRequest } from '../worker/studies/interpolating';
import type { PictureToPictureRequest } from '../worker/studies/pictureToPicture';
import type { InpaintingRequest } from '../worker/studies/repainting';
import { testModel } from './countingEngine';
import type { EditingNeeds } from './editing';
import { createInpaintingSlice, type InpaintingSlice } from './inpaintingSlice';
import { createInterpolationSlice, frameAt, type InterpolationSlice, places } from './interpolationSlice';
import type { StudyEngine } from './latestStudy';
import { createPictureToPictureSlice, type PictureToPictureSlice } from './pictureToPictureSlice';

type All = EditingNeeds & InterpolationSlice & PictureToPictureSlice & InpaintingSlice;

/** Pictures of 2×2 pixels: the first is 0.5 everywhere, the second −0.5. */
const images = Float32Array.of(0.5, 0.5, 0.5, 0.5, -0.5, -0.5, -0.5, -0.5);
const digits = { dataset: 'digits', size: 2, channels: 1, example: null } as const;

/** Answers in two reports, after which it waits for a task; every λ gets a picture that is λ everywhere. */
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
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (tell({ done, index: done, total: 2, t: 2 - done, x, x0: x }) === false) return null;
    }
    return x;
  }) as StudyEngine['study'];
  const engine = { study };
  const store = createStore<All>()((...parts) => ({
    session: { status: 'ready', backend: null },
    dataset: {
      id: 'digits',
      data: {
        ...digits,
        id: 'digits',
        imageSize: 2,
        images,
        labels: new Uint8Array(2),
        count: 2,
        classNames: [],
      },
    },
    settings: { dataset: 'digits' },
    training: { model: { config: testModel, parameters: 1 }, step: 7 },
    sampling: { origin: 'own', settings: { weights: 'raw' } } as EditingNeeds['sampling'],
    ...createInterpolationSlice(engine)(...parts),
    ...createPictureToPictureSlice(engine)(...parts),
    ...createInpaintingSlice(engine)(...parts),
    ...changes,
  }));
  const fail = (message: string) => {
    problem = new Error(message);
  };
  return { asked, state: store.getState, fail };
}

describe('interpolation', () => {
  it('draws the strip first, then every λ between, each at its place', async () => {
    const { asked, state } = page();
    state().setInterpolation({ t: 60, steps: 'all', sampler: 'ancestral' });
    await state().runInterpolation();
    const { frames, status } = state().interpolation;
    expect(status).toBe('finished');
    expect(frames.map((frame) => frame?.[3])).toEqual(
      Array.from({ length: places }, (_, place) => Math.fround(place / 40)),
    );
    const requests = asked.map(({ request }) => request as InterpolatingRequest);
    expect(requests[0]?.lambdas).toEqual([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]);
    expect(requests.every(({ t, steps }) => t === 59 && steps === 60)).toBe(true);
    expect(requests[0]?.pictures).toEqual([images.slice(0, 4), images.slice(4)]);
    expect(asked[0]?.source).toEqual({ own: 'raw' });
  });

  it('lets the latest of many win, and asks for none of those between', async () => {
    const { asked, state } = page();
    const runs = [10, 20, 30, 40].map((t) => {
      state().setInterpolation({ t });
      return state().runInterpolation();
    });
    await Promise.all(runs);
    expect(new Set(asked.map(({ request }) => (request as InterpolatingRequest).t))).toEqual(new Set([39]));
    expect(state().interpolation.frames.every((frame) => frame !== null)).toBe(true);
  });

  it('takes no more steps than there are, and at t = 0 none', async () => {
    const { asked, state } = page();
    state().setInterpolation({ t: 5000, steps: 25 });
    await state().runInterpolation();
    state().setInterpolation({ t: 0 });
    await state().runInterpolation();
    const requests = asked.map(({ request }) => request as InterpolatingRequest);
    expect([requests[0]?.t, requests.at(-1)?.t, requests.at(-1)?.steps]).toEqual([99, -1, 0]);
  });

  it('keeps the frames when a run fails, and says why', async () => {
    const { state, fail } = page();
    await state().runInterpolation();
    fail('The GPU was lost.');
    await state().runInterpolation();
    expect(state().interpolation).toMatchObject({ status: 'failed', problem: 'The GPU was lost.' });
    expect(state().interpolation.frames[40]?.[0]).toBe(1);
  });

  it('shows the nearest frame that is there', () => {
    const frames = [null, null, Float32Array.of(2), null, null, null, Float32Array.of(6)];
    expect([0, 3, 5, 40].map((place) => frameAt({ frames }, place)?.[0])).toEqual([2, 2, 6, 6]);
    expect(frameAt({ frames: [] }, 3)).toBeNull();
  });
});

describe('what keeps a picture from being edited', () => {
  it.each<[Partial<EditingNeeds>, string]>([
    [{ session: { status: 'starting', backend: null } }, 'engine is starting'],
    [{ settings: { dataset: 'fashion-28' }, training: { model: null, step: 0 } }, 'train one first'],
    [{ dataset: { id: 'shapes', data: null } }, 'are loading'],
    [
      { training: { model: { config: { ...testModel, imageSize: 16 }, parameters: 1 }, step: 1 } },
      '16×16 pixels in grey, and those of Digits are 2×2 pixels in grey',
    ],
  ])('is said: %#', async (changes, message) => {
    const { asked, state } = page(changes);
    await state().runInterpolation();
    expect(state().interpolation.problem).toContain(message);
    expect(asked).toEqual([]);
  });
});

describe('picture to picture', () => {
  it('noises and denoises the drawing as it is now, after strokes, undo and redo', async () => {
    const { asked, state } = page();
    state().openDrawing(images.slice(0, 4), digits);
    state().changeDrawing(Float32Array.of(1, 0, 0, 0));
    state().changeDrawing(Float32Array.of(1, 1, 0, 0), true);
    state().changeDrawing(Float32Array.of(1, 1, 1, 0));
    state().undoDrawing();
    await state().runPictureToPicture();
    state().undoDrawing();
    await state().runPictureToPicture();
    state().redoDrawing();
    await state().runPictureToPicture();
    const pictures = asked.map(({ request }) => [...(request as PictureToPictureRequest).picture]);
    expect(pictures).toEqual([
      [1, 1, 0, 0],
      [0.5, 0.5, 0.5, 0.5],
      [1, 1, 0, 0],
    ]);
    expect(state().pictureToPicture).toMatchObject({ status: 'finished', variants: { count: 1, size: 2 } });
  });
});

describe('a drawing and a hole', () => {
  it('are as the page opened them until they are changed', () => {
    const { state } = page();
    const asOpened = () => [state().pictureToPicture.drawing?.asOpened, state().inpainting.masked?.asOpened];
    state().openDrawing(images.slice(0, 4), digits);
    state().openMasked(images.slice(0, 4), digits, Uint8Array.of(0, 0, 1, 1));
    state().openMasked(images.slice(0, 4), { ...digits, dataset: 'shapes' }, Uint8Array.of(0, 0, 1, 1));
    expect(asOpened()).toEqual([true, true]);
    state().changeDrawing(images.slice(4));
    state().openMasked(images.slice(4), { ...digits, dataset: 'shapes' }, Uint8Array.of(0, 0, 1, 1));
    expect(asOpened()).toEqual([false, false]);
  });
});

describe('inpainting', () => {
  it('keeps what is outside the hole, and shows its last move', async () => {
    const { asked, state } = page();
    state().openMasked(images.slice(0, 4), digits, Uint8Array.of(0, 0, 1, 1));
    state().setInpainting({ steps: 5000 });
    await state().runInpainting();
    const request = asked[0]?.request as InpaintingRequest;
    expect([...request.known]).toEqual([1, 1, 0, 0]);
    expect(request.resampling.steps).toBe(100);
    expect(state().inpainting).toMatchObject({ status: 'finished', shown: { index: 2, total: 2 } });
  });

  it('asks for a hole where there is none', async () => {
    const { asked, state } = page();
    state().openMasked(images.slice(0, 4), digits, Uint8Array.of(0, 0, 0, 1));
    state().changeHole(new Uint8Array(4));
    await state().runInpainting();
    expect(state().inpainting.problem).toContain('paint over');
    expect(asked).toEqual([]);
    state().undoHole();
    await state().runInpainting();
    expect(state().inpainting).toMatchObject({ status: 'finished', problem: null });
  });

  it('stops, keeps what it shows, and goes on anew', async () => {
    const { state } = page();
    state().openMasked(images.slice(0, 4), digits, Uint8Array.of(0, 0, 0, 1));
    const run = state().runInpainting();
    state().stopInpainting();
    await run;
    expect(state().inpainting.status).toBe('stopped');
    await state().runInpainting();
    expect(state().inpainting.status).toBe('finished');
  });

  it('keeps the hole for the next picture of the same size', () => {
    const { state } = page();
    state().openMasked(images.slice(0, 4), digits, Uint8Array.of(0, 0, 0, 1));
    state().changeHole(Uint8Array.of(1, 0, 0, 0));
    state().openMasked(images.slice(4), digits, Uint8Array.of(0, 0, 0, 1));
    expect([...(state().inpainting.masked?.hole.present ?? [])]).toEqual([1, 0, 0, 0]);
    state().openMasked(images.slice(4), { ...digits, dataset: 'shapes' }, Uint8Array.of(0, 0, 0, 1));
    expect(state().inpainting.masked?.asOpened, 'the hole is still the user’s').toBe(false);
    state().openMasked(new Float32Array(9), { ...digits, size: 3 }, new Uint8Array(9));
    expect(state().inpainting.masked?.hole.present.length).toBe(9);
  });
});
