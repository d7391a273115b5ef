import { settingGroup } from '../../settings/group';
import { seed, whole } from '../../settings/kinds';
import { exampleIndex, guidance, noiseSteps } from '../../settings/rows';

const view = 'classes';

export interface ClassGridSettings {
  /** Of DDIM. */
  steps: number;
  seed: number;
}

export const classGridGroup = settingGroup<ClassGridSettings>(
  { id: 'classGrid', view },
  {
    steps: whole({
      label: 'Steps',
      default: 40,
      linkBase: 40,
      min: 1,
      max: 10_000,
      step: 5,
      clamped: true,
      limits: ({ nSteps }) => ({ max: nSteps }),
    }),
    seed: seed({ default: 2, linkBase: 2 }),
  },
);

export interface ClassGuessSettings {
  /** Index in the data set of x₀. */
  example: number;
  /** Steps of noise, 1 … T. */
  t: number;
  /** The class that is asked for. */
  label: number;
  /** Takes effect at once, without the network. */
  guidance: number;
  /** Of the noise in x_t. */
  seed: number;
}

export const classGuessGroup = settingGroup<ClassGuessSettings>(
  { id: 'classGuess', view },
  {
    example: exampleIndex({ label: 'Image x₀', default: 3, linkBase: 3 }),
    t: noiseSteps({ default: 450, linkBase: 450, min: 1, stops: 200 }),
    label: whole({ label: 'Class', default: 8, linkBase: 8, min: 0, max: 999 }),
    guidance: guidance({ default: 2, linkBase: 2 }),
    seed: seed({ default: 1, linkBase: 1 }),
  },
);
