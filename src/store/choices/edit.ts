import * as v from 'valibot';
import type { InpaintingSettings } from '../inpaintingSlice';
import { type InterpolationSettings, places } from '../interpolationSlice';
import type { PictureToPictureSettings } from '../pictureToPictureSlice';
import { whole } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { count, index, sampler, seed, steps, time } from './schemas';

const view = 'edit';

export const interpolationChoices = choiceGroup<InterpolationSettings & { place: number }>({
  view,
  titles: {
    from: 'Picture x₀',
    to: 'Picture x′₀',
    t: 'Steps of noise t',
    blend: 'Mixture',
    noise: 'Noise',
    seed: 'Seed',
    sampler: 'Sampler',
    steps: 'Steps',
    place: 'Mixture λ',
  },
  schema: v.object({
    from: index,
    to: index,
    t: time,
    blend: v.picklist(['linear', 'spherical']),
    noise: v.picklist(['same', 'own']),
    seed,
    sampler,
    steps,
    place: whole(0, places - 1),
  }),
  base: {
    ...{ from: 0, to: 1, t: 400, blend: 'linear', noise: 'same' },
    ...{ seed: 1, sampler: 'ddim', steps: 25, place: 20 },
  },
  read({ store }) {
    const { settings, place } = store.getState().interpolation;
    return { ...settings, place };
  },
  put({ store }, { place, ...settings }) {
    store.getState().setInterpolation(settings);
    if (place !== undefined) store.getState().moveLambda(place);
  },
});

export const pictureToPictureChoices = choiceGroup<PictureToPictureSettings>({
  view,
  titles: {
    t: 'Steps of noise t',
    count: 'Variants',
    seed: 'Seed of the variants',
    sampler: 'Sampler',
    steps: 'Steps',
  },
  schema: v.object({ t: time, count, seed, sampler, steps }),
  base: { t: 450, count: 8, seed: 1, sampler: 'ddim', steps: 25 },
  read: ({ store }) => store.getState().pictureToPicture.settings,
  put: ({ store }, values) => store.getState().setPictureToPicture(values),
});

export const inpaintingChoices = choiceGroup<InpaintingSettings>({
  view,
  titles: {
    steps: 'Steps',
    resamplings: 'Passes U',
    jumpLength: 'Jump length j',
    count: 'Variants',
    seed: 'Seed',
  },
  schema: v.object({
    steps: whole(2, 10_000),
    resamplings: whole(1, 50),
    jumpLength: whole(1, 1000),
    count,
    seed,
  }),
  base: { steps: 100, resamplings: 5, jumpLength: 10, count: 8, seed: 1 },
  read: ({ store }) => store.getState().inpainting.settings,
  put: ({ store }, values) => store.getState().setInpainting(values),
});
