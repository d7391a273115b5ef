import * as v from 'valibot';
import { defaultGamma, isLossWeight, lossWeights } from '../../engine/diffusion/lossWeights/lossWeights';
import { objectiveOf, objectives } from '../../engine/diffusion/objectives/objectives';
import { drawnTexts, isSchedule, schedules } from '../../engine/diffusion/schedules/schedules';
import { isTimeSampling, timeSamplings } from '../../engine/training/timeSampling';
import { settingGroup } from '../group';
import { choice, custom, number, optional, seed, toggle, whole } from '../kinds';
import type { PathOf } from '../path';
import type { SwitchSetting } from '../setting';
import type { Settings, TrainingSettings } from '../settings';

/** The size and channels of the images come from the data. */
type ChosenPath = Exclude<PathOf<Settings>, 'model.imageSize' | 'model.imageChannels'>;

const same = <Value>(value: Value) => ({ default: value, linkBase: value });
/** On or off: with classes the model learns as many as the data set has. */
const learnClasses: SwitchSetting<number> = {
  ...whole({ label: 'Learn the classes', symbol: 'c', ...same(0), min: 0, max: 1000 }),
  kind: 'switch',
  toSwitch: (count) => count > 0,
  fromSwitch: (on, { classes }) => (on ? classes : 0),
};

const continuousTime: SwitchSetting<boolean | undefined> = {
  ...toggle({
    label: 'Continuous time',
    summary: 'Train at real t instead of whole ones; a flow does in any case',
    ...same(false),
  }),
  ...same(undefined),
  schema: v.optional(v.boolean()),
  toSwitch: (on) => on ?? false,
  shown: ({ model }: Settings) => objectiveOf(model.objective).input === 'diffusion',
};

const learnedVariance: SwitchSetting<boolean> = {
  ...toggle({
    label: 'Learned variance',
    summary: 'Learn σ² of each value beside the mean',
    symbol: 'σ_θ²',
    ...same(false),
    shown: ({ model }: Settings) =>
      objectiveOf(model.objective).input === 'diffusion' || model.learnedVariance,
  }),
  // Older pages did not know it.
  schema: v.optional(v.boolean(), false),
};

/** A flow and a diffusion each bring the schedule that they are made for. */
function scheduleFor(next: string, before: string): Record<string, unknown> {
  const { input, schedule } = objectiveOf(next);
  if (input === objectiveOf(before).input) return {};
  // A flow has no variance to learn.
  return { 'model.schedule': schedule, 'model.learnedVariance': false };
}

const withClasses = ({ model }: Settings) => model.nClasses > 0;

/** Model and training run of one data set; the defaults of each data set are in defaultSettings. */
export const trainingGroup = settingGroup<Settings, ChosenPath>(
  { id: 'settings', view: 'playground', linked: false, kept: false },
  {
    'model.nSteps': whole({
      label: 'Diffusion steps',
      symbol: 'T',
      ...same(1000),
      min: 2,
      max: 10_000,
      step: 100,
    }),
    'model.schedule': choice<typeof schedules, string>({
      label: 'Schedule',
      symbol: 'β_t',
      ...same('linear'),
      choices: schedules,
      other: drawnTexts,
      schema: v.pipe(v.string(), v.check(isSchedule)),
    }),
    'model.objective': choice<typeof objectives, string>({
      label: 'Prediction',
      summary: 'What the network predicts',
      ...same('epsilon'),
      choices: objectives,
      brings: (next, { model }: Settings) => scheduleFor(next, model.objective),
    }),
    'model.learnedVariance': learnedVariance,
    'model.nChannels': whole({ label: 'Channels', symbol: 'C', ...same(32), min: 1, max: 1024, step: 32 }),
    'model.chMults': custom<number[]>({
      label: 'Multipliers',
      ...same([1, 2]),
      schema: v.pipe(v.array(v.picklist([1, 2, 3, 4, 5, 6, 7, 8])), v.minLength(1), v.maxLength(8)),
    }),
    'model.isAttn': custom<boolean[]>({
      label: 'Attention',
      ...same([false, true]),
      schema: v.array(v.boolean()),
    }),
    'model.nBlocks': whole({ label: 'Blocks', ...same(1), min: 1, max: 8 }),
    'model.nGroups': whole({ label: 'Groups', ...same(32), min: 1, max: 256 }),
    'model.nFinalGroups': whole({ label: 'Final groups', ...same(8), min: 1, max: 256 }),
    'model.dropout': number({ label: 'Dropout', ...same(0), min: 0, max: 0.9, step: 0.05 }),
    'model.nClasses': learnClasses,
    'training.batchSize': whole({
      label: 'Batch size',
      summary: 'Images per training step',
      symbol: 'B',
      ...same(64),
      min: 1,
      max: 1e6,
      step: 8,
      limits: ({ trainingCount }) => ({ max: trainingCount, reason: 'the number of training images' }),
    }),
    'training.learningRate': number({
      label: 'Learning rate',
      summary: 'Learning rate of Adam',
      ...same(2e-3),
      min: 0,
      above: true,
      max: 1,
      step: 1e-4,
    }),
    'training.emaDecay': number({
      label: 'EMA decay',
      summary: 'Decay of the moving average of the weights',
      symbol: 'd',
      ...same(0.995),
      min: 0,
      max: 1,
      below: true,
      step: 0.001,
    }),
    'training.classDropout': {
      ...optional(
        number({
          label: 'Class dropout',
          summary: 'Share of images whose class is hidden, so that guidance works',
          symbol: 'p',
          ...same(0.1),
          min: 0,
          max: 1,
          step: 0.05,
        }),
        0.1,
      ),
      ...same<number | undefined>(0.1),
      schema: v.optional(number({ label: '', ...same(0.1), min: 0, max: 1 }).schema, 0.1),
      shown: withClasses,
    },
    'training.lossWeight': choice<typeof lossWeights, string | undefined>({
      label: 'Loss weight',
      summary: 'How much each t counts',
      ...same(undefined),
      choices: lossWeights,
      without: 'simple',
      schema: v.optional(v.pipe(v.string(), v.check(isLossWeight))),
    }),
    'training.snrGamma': {
      ...optional(
        number({
          label: 'Largest SNR',
          summary: 'γ of minSnr: the SNR above which all t count the same',
          symbol: 'γ',
          ...same(defaultGamma),
          min: 0,
          above: true,
          max: 1e6,
        }),
        defaultGamma,
      ),
      shown: ({ training }: Settings) => training.lossWeight === 'minSnr',
    },
    'training.timeSampling': choice<typeof timeSamplings, string | undefined>({
      label: 'Time sampling',
      summary: 'How the times of a batch are drawn',
      ...same(undefined),
      choices: timeSamplings,
      without: 'uniform',
      schema: v.optional(v.pipe(v.string(), v.check(isTimeSampling))),
    }),
    'training.continuousTime': continuousTime,
    'training.steps': whole({
      label: 'Training steps',
      summary: 'Training steps in total, those before --resume included',
      symbol: 'N',
      ...same(4000),
      min: 1,
      max: 1e9,
      step: 500,
    }),
    'training.preview.count': whole({ label: 'Samples', ...same(16), min: 1, max: 64 }),
    'training.preview.samplerSteps': whole({ label: 'Sampler steps', ...same(25), min: 1, max: 10_000 }),
    'training.preview.seed': seed({ label: 'Seed of the noise', ...same(1) }),
    seed: seed({
      summary: 'Seed of the first weights, the batches, t and ε',
      ...same(1),
    }),
  },
);

/** Paths of the settings of the model: only a new model takes them. */
export const isOfNewModel = (path: string) => path.startsWith('model.') || path === 'seed';

interface TrainingSchemas {
  model: v.GenericSchema<unknown, Settings['model']>;
  training: v.GenericSchema<unknown, TrainingSettings>;
  seed: v.GenericSchema<unknown, number>;
}

/** What a link may hold of the network, of the run and of its seed. */
export const trainingSchemas = (trainingGroup.schema as unknown as { entries: TrainingSchemas }).entries;
