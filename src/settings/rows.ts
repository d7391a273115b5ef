import * as v from 'valibot';
import { largestGuidance } from '../engine/diffusion/guidance';
import type { VarianceChoice } from '../engine/diffusion/reverse';
import { type SamplerId, samplerOf, samplers } from '../engine/diffusion/samplers/samplers';
import { type SpacingId, spacings } from '../engine/diffusion/samplers/spacings';
import { counts } from '../engine/quality/definitions';
import { choice, number, toggle, whole } from './kinds';
import type { NumberSetting, Setting, SettingContext } from './setting';

// Rows that several groups have.

type Given<Value> = Pick<Setting<Value>, 'default' | 'linkBase'> & Partial<Pick<Setting<Value>, 'label'>>;

/** Steps of noise, 0 … T; shown within the T of now. */
export const noiseSteps = (given: Given<number> & { min?: 0 | 1; stops?: number }): NumberSetting => ({
  ...whole({
    label: 'Steps of noise',
    symbol: 't',
    max: 10_000,
    ...given,
    min: given.min ?? 0,
    clamped: true,
    limits: ({ nSteps }) => ({ max: nSteps }),
  }),
  // Older pages kept a 0 here too.
  schema: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
  format: (t: number, { nSteps }: SettingContext) =>
    `${t.toLocaleString('en')} of ${nSteps.toLocaleString('en')}`,
  ...(given.stops !== undefined && { stops: given.stops }),
});

/** Index of an image in the data set. */
export const exampleIndex = (given: Given<number>) => whole({ label: 'Image', min: 0, max: 1e9, ...given });

/** How many images are drawn side by side. */
export const imageCount = (given: Given<number> & { max?: number }) =>
  whole({ label: 'Images', min: 1, max: 64, ...given });

/** As many as the data set has held-out images to compare with. */
export const evaluatedSamples = (given: Given<number>) =>
  whole({
    ...{ label: 'Samples', symbol: 'N', min: 1, max: 10_000, step: 8, clamped: true },
    limits: ({ heldOutCount }) => ({ min: counts.least, max: Math.min(counts.most, heldOutCount) }),
    ...given,
  });

export const guidance = (given: Given<number>): NumberSetting => ({
  ...number({
    label: 'Guidance',
    summary: 'Guidance scale w: how strongly images are pulled towards their class',
    symbol: 'w',
    min: 0,
    max: largestGuidance,
    step: 0.5,
    ...given,
  }),
  format: (w) => w.toFixed(2),
});

export const clipX0 = (given: Given<boolean>) => toggle({ label: 'Clip x̂₀', ...given });

export const variances = {
  beta: { title: 'β_t' },
  betaTilde: { title: 'β̃_t' },
  learned: { title: 'learned' },
} as const;

export const variance = (given: Given<VarianceChoice>) =>
  choice<typeof variances, VarianceChoice>({
    label: 'Variance',
    summary: 'σ² of the noise that a step of ancestral adds; learned for a model that has learned it',
    symbol: 'σ_t²',
    choices: variances,
    offered: (id, { learnedVariance = false }) => id !== 'learned' || learnedVariance,
    ...given,
  });

export const sampler = (
  given: Given<SamplerId> & Partial<Pick<Setting<SamplerId>, 'brings'>>,
): ReturnType<typeof choice<typeof samplers, SamplerId>> =>
  choice<typeof samplers, SamplerId>({ label: 'Sampler', choices: samplers, ...given });

/** Steps of a sampler: 'all' T of them stays all when T changes. */
export function samplerSteps(given: Given<number | 'all'>): NumberSetting<number | 'all'> {
  const steps = whole({
    label: 'Steps',
    summary: 'Number of timesteps to take, or all',
    symbol: 'S',
    min: 1,
    max: 10_000,
    default: 1,
    linkBase: 1,
  });
  return {
    ...(steps as unknown as NumberSetting<number | 'all'>),
    ...given,
    schema: v.union([steps.schema, v.literal('all')]),
    limits: ({ nSteps }) => ({ min: 1, max: nSteps }),
    toNumber: (value, { nSteps }) => (value === 'all' ? nSteps : Math.min(value, nSteps)),
    fromNumber: (shown, { nSteps }) => (shown === nSteps ? 'all' : shown),
    problem: (value, context) =>
      value === 'all' ? null : steps.problem(value, { ...context, nSteps: 10_000 }),
  };
}

/** A sampler and its options. */
export interface SamplerChoices {
  sampler: SamplerId;
  steps: number | 'all';
  spacing: SpacingId;
  variance: VarianceChoice;
  eta: number;
  noiseAtEnd: boolean;
}

const takes = (option: 'variance' | 'eta' | 'noiseAtEnd') => (values: Pick<SamplerChoices, 'sampler'>) =>
  samplerOf(values.sampler).options.includes(option);

/** The rows of a sampler with its options; `base` is what links mean, and `defaults` what the page begins with. */
export function samplerRows(defaults: SamplerChoices, base: SamplerChoices = defaults) {
  const given = <Name extends keyof SamplerChoices>(name: Name) => ({
    default: defaults[name],
    linkBase: base[name],
  });
  return {
    sampler: sampler({
      ...given('sampler'),
      brings: (id) => samplerOf(id).defaults,
    }),
    steps: samplerSteps(given('steps')),
    spacing: choice<typeof spacings, SpacingId>({
      label: 'Spacing',
      summary: 'Which of the T timesteps are taken',
      choices: spacings,
      ...given('spacing'),
    }),
    variance: { ...variance(given('variance')), shown: takes('variance') },
    eta: {
      ...number({
        label: 'Stochasticity',
        summary: 'Noise that a step of ddim adds: 0 is deterministic, 1 adds as much as ancestral',
        symbol: 'η',
        min: 0,
        max: 1,
        step: 0.05,
        ...given('eta'),
        shown: takes('eta'),
      }),
      format: (value: number) => value.toFixed(2),
    },
    noiseAtEnd: toggle({
      label: 'Noise in the last step',
      summary: 'Add σz in the last step of ancestral too, as the reference does',
      symbol: 'z',
      ...given('noiseAtEnd'),
      shown: takes('noiseAtEnd'),
    }),
  };
}

/** Rows one level deeper, for a group that has them several times. */
export function prefixed<Prefix extends string, Rows extends object>(
  prefix: Prefix,
  label: string,
  rows: Rows,
): { [Name in keyof Rows & string as `${Prefix}.${Name}`]: Rows[Name] } {
  const inner = (values: never) => (values as Record<string, unknown>)[prefix] as never;
  const entries = (Object.entries(rows) as [string, Setting<never>][]).map(([name, row]) => [
    `${prefix}.${name}`,
    {
      ...row,
      label: `${label}: ${row.label.charAt(0).toLowerCase()}${row.label.slice(1)}`,
      fieldLabel: row.label,
      ...(row.shown && {
        shown: (values: never, context: never) => row.shown?.(inner(values), context),
      }),
      ...(row.brings && {
        brings: (value: never, values: never) =>
          Object.fromEntries(
            Object.entries(row.brings?.(value, inner(values)) ?? {}).map(([key, brought]) => [
              `${prefix}.${key}`,
              brought,
            ]),
          ),
      }),
    },
  ]);
  return Object.fromEntries(entries);
}
