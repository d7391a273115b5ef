import type { StepChoices } from '../../engine/diffusion/reverseStep';
import { settingGroup } from '../../settings/group';
import { seed } from '../../settings/kinds';
import { clipX0, exampleIndex, noiseSteps, variance } from '../../settings/rows';

export interface ReverseStepSettings extends StepChoices {
  /** Index in the data set of x₀. */
  index: number;
  /** Steps of noise, 1 … T. */
  t: number;
  /** Draws ε and z. */
  seed: number;
}

export const reverseStepGroup = settingGroup<ReverseStepSettings>(
  { id: 'reverseStep', view: 'reverse' },
  {
    index: exampleIndex({ label: 'Image x₀', default: 0, linkBase: 0 }),
    t: noiseSteps({ default: 300, linkBase: 300, min: 1 }),
    seed: seed({ default: 1, linkBase: 1 }),
    variance: variance({ default: 'beta', linkBase: 'beta' }),
    clipX0: clipX0({ default: false, linkBase: false }),
  },
);
