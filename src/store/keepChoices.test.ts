import { describe, expect, it, vi } from 'vitest';
import { settingGroups } from '../app/settingGroups';
import { packImage } from '../views/edit/packed';
import '../app/compose';
import { encodedValues, restoreValues } from './encodedValues';
import { calmly, keepChoices } from './keepChoices';
import { useStore } from './store';

const kept = settingGroups.filter((group) => group.kept);
const read = () => encodedValues(useStore.getState(), kept);
const restore = (stored: object, from = read()) =>
  restoreValues(useStore.getState(), kept, stored as Record<string, unknown>, from);

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
    drawing: { dataset: 'digits', size: 2, channels: 1, picture: packImage(Float32Array.of(1, -1, -1, 1)) },
    masked: { dataset: 'digits', size: 2, channels: 1, example: 5, picture: '', hole: 'Cg' },
  },
  points: { set: 'drawn', drawn: 'AA__gAgA', eta: 0.5, learningRate: 0.01, time: 20 },
};

describe('the choices of the page', () => {
  it('are what a link has as its base when the page begins', () => {
    for (const group of settingGroups.filter(({ linked }) => linked))
      expect(read()[group.id], group.id).toEqual(group.linkBase);
  });

  it('come back as they were, and only what differs is stored', () => {
    const first = read();
    const toStore = keepChoices(useStore.getState, undefined);
    expect(toStore()).toEqual({});
    restore(JSON.parse(JSON.stringify(chosen)), first);
    expect(toStore()).toEqual(chosen);
    restore(first);
    expect(toStore()).toEqual({});
  });

  it('that are broken are left out, each value for itself', () => {
    const first = read();
    const broken = {
      bound: { pictures: -1, seed: 8 },
      points: { drawn: '###' },
      forwardLab: { drawn: [1, 2, 3] },
      sampling: { sampler: 'toString' },
      quality: { seed: 5 },
      unheard: { of: 1 },
    };
    restore(broken, first);
    expect(read()).toEqual({
      ...first,
      bound: { ...first.bound, seed: 8 },
      quality: { ...first.quality, seed: 5 },
    });
    restore(first);
  });

  it('have a name for every value', () => {
    for (const { id, rows } of settingGroups)
      for (const [path, { label }] of Object.entries(rows)) expect(label, `${id}.${path}`).toBeTruthy();
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
