import * as v from 'valibot';
import { type SpacingId, spacings } from '../../engine/diffusion/samplers/spacings';
import { settingGroup } from '../../settings/group';
import { choice, custom, seed, whole } from '../../settings/kinds';
import {
  clipX0,
  evaluatedSamples,
  imageCount,
  prefixed,
  type SamplerChoices,
  samplerRows,
} from '../../settings/rows';

export interface SamplersSettings {
  count: number;
  seed: number;
  clipX0: boolean;
  a: SamplerChoices;
  b: SamplerChoices;
  /** Takes all T steps: what the others are measured against. */
  reference: 'ddim' | 'heun';
  /** Of all that are measured; null is what suits each. */
  spacing: SpacingId | null;
  /** Behind each Fréchet distance. */
  samples: number;
  /** Each draws samples of its own. */
  seeds: number;
}

const options = { variance: 'beta', eta: 0, noiseAtEnd: false } as const;

export const samplersGroup = settingGroup<SamplersSettings>(
  { id: 'samplers', view: 'samplers' },
  {
    count: imageCount({ default: 16, linkBase: 16 }),
    seed: seed({ default: 1, linkBase: 1 }),
    clipX0: clipX0({ default: true, linkBase: true }),
    ...prefixed('a', 'Sampler A', samplerRows({ sampler: 'ddim', steps: 20, spacing: 'even', ...options })),
    ...prefixed(
      'b',
      'Sampler B',
      samplerRows({ sampler: 'dpmSolver', steps: 10, spacing: 'logSnr', ...options }),
    ),
    reference: choice({
      label: 'Reference',
      choices: { ddim: { title: 'DDIM' }, heun: { title: 'Heun' } },
      default: 'ddim',
      linkBase: 'ddim',
    }),
    spacing: custom<SpacingId | null>({
      label: 'Spacing',
      default: null,
      linkBase: null,
      schema: v.nullable(v.picklist(Object.keys(spacings) as SpacingId[])),
    }),
    samples: evaluatedSamples({ default: 64, linkBase: 64 }),
    seeds: whole({ label: 'Seeds', default: 1, linkBase: 1, min: 1, max: 5 }),
  },
);
