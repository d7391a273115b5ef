import * as v from 'valibot';
import { spacings } from '../../engine/diffusion/samplers/spacings';
import type { ComparisonSettings } from '../comparisonSlice';
import type { ConvergenceState } from '../convergenceSlice';
import type { SamplerChoices } from '../samplingSettings';
import { keyOf } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { count, samplerFields, seed } from './schemas';

interface SamplersChoices extends ComparisonSettings, Pick<ConvergenceState, 'reference' | 'spacing'> {
  a: SamplerChoices;
  b: SamplerChoices;
}

const side = v.object(samplerFields);

export const samplersChoices = choiceGroup<SamplersChoices>({
  view: 'samplers',
  titles: {
    count: 'Pictures',
    seed: 'Seed',
    clipX0: 'Clip x̂₀',
    a: 'Sampler A',
    b: 'Sampler B',
    reference: 'Measured by',
    spacing: 'Spacing of all',
  },
  schema: v.object({
    count,
    seed,
    clipX0: v.boolean(),
    a: side,
    b: side,
    reference: v.picklist(['ddim', 'heun']),
    spacing: v.nullable(keyOf(spacings)),
  }),
  base: {
    count: 16,
    seed: 1,
    clipX0: true,
    a: { sampler: 'ddim', steps: 20, spacing: 'even', variance: 'beta', eta: 0, noiseAtEnd: false },
    b: { sampler: 'dpmSolver', steps: 10, spacing: 'logSnr', variance: 'beta', eta: 0, noiseAtEnd: false },
    reference: 'ddim',
    spacing: null,
  },
  read({ store }) {
    const { comparison, convergence } = store.getState();
    const [a, b] = comparison.sides;
    return { ...comparison.settings, a, b, reference: convergence.reference, spacing: convergence.spacing };
  },
  put({ store }, { a, b, reference, spacing, ...settings }) {
    const { setComparison, setSide, setConvergence } = store.getState();
    setComparison(settings);
    if (a) setSide(0, a);
    if (b) setSide(1, b);
    if (reference) setConvergence({ reference });
    if (spacing !== undefined) setConvergence({ spacing });
  },
});
