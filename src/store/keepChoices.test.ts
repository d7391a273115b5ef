import { describe, expect, it, vi } from 'vitest';
import { encodedChoices, groupEntries, linkedGroups, putChoices } from './choices/encodedChoices';
import { packPicture } from './choices/packed';
import { calmly, keepChoices, whenChosen } from './keepChoices';
import { stores } from './store';

/** Every group with one value of each kind that is not as the page begins. */
const chosen = {
  forward: { t: 77 },
  sampling: { sampler: 'ddim', steps: 12 },
  forwardLab: { second: 'drawn', drawn: [0.9, 0.8, 0.7, 0.5, 0.3, 0.2, 0.1, 0.01] },
  reverseStep: { variance: 'betaTilde' },
  bound: { pictures: 32 },
  samplers: { b: { steps: 7 }, reference: 'heun', spacing: 'quadratic' },
  quality: { whileTraining: true },
  classGrid: { seed: 8 },
  classGuess: { label: 1 },
  interpolation: { blend: 'spherical', place: 3 },
  pictureToPicture: { count: 3 },
  inpainting: { jumpLength: 4 },
  edited: {
    drawing: { dataset: 'digits', size: 2, channels: 1, picture: packPicture(Float32Array.of(1, -1, -1, 1)) },
    masked: { dataset: 'digits', size: 2, channels: 1, example: 5, picture: '', hole: 'Cg' },
  },
  points: { set: 'drawn', drawn: 'AA__gAgA', eta: 0.5, learningRate: 0.01, time: 20 },
};

describe('the choices of the page', () => {
  it('are what a link has as its base when the page begins', () => {
    for (const [id, { base }] of linkedGroups) expect(encodedChoices(stores)[id], id).toEqual(base);
  });

  it('come back as they were, and only what differs is stored', () => {
    const first = encodedChoices(stores);
    const work = vi.fn();
    const noticed = whenChosen(stores, work);
    noticed();
    expect(work).not.toHaveBeenCalled();
    const toStore = keepChoices(stores, undefined);
    expect(toStore()).toEqual({});
    putChoices(stores, JSON.parse(JSON.stringify(chosen)), first);
    expect(toStore()).toEqual(chosen);
    noticed();
    expect(work).toHaveBeenCalledOnce();
    putChoices(stores, first);
    expect(toStore()).toEqual({});
  });

  it('that are broken are left out, each group for itself', () => {
    const first = encodedChoices(stores);
    const broken = {
      bound: { pictures: -1 },
      points: { drawn: '###' },
      forwardLab: { drawn: [1, 2, 3] },
      sampling: { sampler: 'toString' },
      quality: { seed: 5 },
      unheard: { of: 1 },
    };
    putChoices(stores, broken as object, first);
    expect(encodedChoices(stores)).toEqual({ ...first, quality: { ...first.quality, seed: 5 } });
    putChoices(stores, first);
  });

  it('have a name for every value', () => {
    for (const [id, { read, titles }] of groupEntries)
      for (const field of Object.keys(read(stores))) expect(titles[field], `${id}.${field}`).toBeTruthy();
  });
});

it('calmly calls at most once in a while', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const soon = calmly(work, 100);
  for (let i = 0; i < 5; i++) soon();
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(work).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
