import { settingGroup } from '../group';
import { seed } from '../kinds';
import { exampleIndex, noiseSteps } from '../rows';

export interface ForwardChoices {
  /** Index in the whole data set of the example that noise is added to. */
  exampleIndex: number;
  /** Steps taken, 0 … T: 0 is x₀ itself, t = k is x after k steps. May be above the T of now. */
  t: number;
  noiseSeed: number;
}

/** The example of the playground and its noise. */
export const forwardGroup = settingGroup<ForwardChoices>(
  { id: 'forward', view: 'playground', linked: false },
  {
    exampleIndex: exampleIndex({ label: 'Example', default: 0, linkBase: 0 }),
    t: noiseSteps({ default: 200, linkBase: 200 }),
    noiseSeed: seed({ label: 'Noise', default: 1, linkBase: 1 }),
  },
);
