import * as v from 'valibot';
import type { ClassChoice } from '../../engine/diffusion/guidance';
import { settingGroup } from '../group';
import { choice, custom, seed } from '../kinds';
import { clipX0, guidance, imageCount, type SamplerChoices, samplerRows } from '../rows';

export interface SamplingChoices extends SamplerChoices {
  count: number;
  seed: number;
  clipX0: boolean;
  weights: 'ema' | 'raw';
  /** For a model with classes alone, as is the guidance scale. */
  classes: ClassChoice;
  guidance: number;
}

const sampler: SamplerChoices = {
  ...{ sampler: 'ancestral', steps: 'all', spacing: 'even' },
  ...{ variance: 'beta', eta: 0, noiseAtEnd: false },
};

export const weightChoices = { ema: { title: 'EMA' }, raw: { title: 'Raw' } } as const;

/** How the playground samples. */
export const samplingGroup = settingGroup<SamplingChoices>(
  { id: 'sampling', view: 'playground', linked: false },
  {
    ...samplerRows(sampler),
    count: imageCount({ default: 16, linkBase: 16 }),
    seed: seed({ default: 1, linkBase: 1 }),
    clipX0: clipX0({ default: true, linkBase: true }),
    weights: choice<typeof weightChoices, 'ema' | 'raw'>({
      label: 'Weights',
      symbol: 'θ',
      choices: weightChoices,
      default: 'ema',
      linkBase: 'ema',
    }),
    classes: custom<ClassChoice>({
      label: 'Class',
      default: 'each',
      linkBase: 'each',
      schema: v.union([
        v.picklist(['each', 'none']),
        v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
      ]),
    }),
    guidance: guidance({ default: 2, linkBase: 2 }),
  },
);
