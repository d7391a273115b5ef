import {
  type DistillationMethodId,
  type DistillationSettings,
  distillationMethods,
  MOST_TEACHER_STEPS,
} from '../../engine/distillation/methods';
import { settingGroup } from '../../settings/group';
import { choice, seed, whole } from '../../settings/kinds';
import { evaluatedSamples, guidance } from '../../settings/rows';
import { runRows } from '../../settings/runRows';

export interface DistillationChoices extends DistillationSettings {
  /** Images that the teacher draws first, where the student learns from pairs. */
  pairs: number;
  seed: number;
  /** Behind each Fréchet distance. */
  samples: number;
}

const fromPairs = ({ method }: DistillationChoices) => distillationMethods[method].fromPairs;
const same = <Value>(value: Value) => ({ default: value, linkBase: value });

/** What the page and the command line choose of a distillation. */
export const distillationGroup = settingGroup<DistillationChoices>(
  { id: 'distillation', view: 'distillation' },
  {
    method: choice<typeof distillationMethods, DistillationMethodId>({
      label: 'Method',
      ...same('progressive'),
      choices: distillationMethods,
    }),
    teacherSteps: whole({
      label: 'Teacher steps',
      summary: 'Steps of the teacher, which progressive distillation halves stage by stage',
      ...same(16),
      min: 1,
      max: MOST_TEACHER_STEPS,
      limits: ({ nSteps }) => ({ max: nSteps, reason: 'the T of the model' }),
    }),
    studentSteps: whole({
      label: 'Student steps',
      summary: 'Steps of the student in the end',
      ...same(1),
      min: 1,
      max: MOST_TEACHER_STEPS,
      shown: ({ method }: DistillationChoices) => method !== 'direct',
    }),
    steps: whole({
      label: 'Steps per stage',
      summary: 'Training steps of each stage',
      ...same(1000),
      min: 1,
      max: 1e9,
      step: 100,
    }),
    batchSize: { ...runRows.batchSize, ...same(64) },
    learningRate: {
      ...runRows.learningRate,
      summary: 'Learning rate of Adam, which falls to 0 in each stage',
      ...same(0.0005),
    },
    emaDecay: { ...runRows.emaDecay, ...same(0.99) },
    guidance: { ...guidance(same(0)), shown: (values: DistillationChoices) => !fromPairs(values) },
    pairs: whole({
      label: 'Pairs',
      summary: 'Of reflow and direct: images that the teacher draws first',
      ...same(4096),
      min: 1,
      max: 1e9,
      step: 256,
      shown: fromPairs,
    }),
    seed: seed(same(1)),
    samples: evaluatedSamples(same(64)),
  },
);
