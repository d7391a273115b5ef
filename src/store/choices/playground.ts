import * as v from 'valibot';
import type { DatasetId } from '../../engine/data/datasets';
import type { ModelConfig } from '../../engine/unet/config';
import type { PreviewSettings, TrainingSettings } from '../../worker/protocol';
import type { ForwardState } from '../forwardSlice';
import type { ModelOrigin } from '../sampledModel';
import type { SamplingChoices } from '../samplingSettings';
import { type SettingField, settingTitles } from '../settings';
import { choiceGroup } from './choiceGroup';
import { forwardFields, samplingFields } from './schemas';

const view = 'playground';

/** First of all: what follows is of one data set. */
export const dataChoices = choiceGroup<{ dataset: DatasetId }>({
  view,
  titles: { dataset: 'Data set' },
  read: ({ store }) => ({ dataset: store.getState().settings.dataset }),
  put({ store }, { dataset }) {
    if (dataset) void store.getState().chooseDataset(dataset);
  },
});

type SettingValues = Omit<ModelConfig, 'imageSize' | 'imageChannels'> &
  Omit<TrainingSettings, 'preview'> & { [Field in keyof PreviewSettings as `preview.${Field}`]: number } & {
    seed: number;
  };

const modelFields: ReadonlySet<string> = new Set<keyof SettingValues>([
  ...(['nSteps', 'schedule', 'objective', 'nChannels', 'chMults', 'isAttn'] as const),
  ...(['nBlocks', 'nGroups', 'nFinalGroups', 'dropout', 'nClasses'] as const),
]);
const ofPreview = 'preview.';

/** Model, training run and its seed, of the data set that is chosen; they are stored and shared by themselves. */
export const settingChoices = choiceGroup<SettingValues>({
  view,
  titles: settingTitles satisfies Record<SettingField, string> as Record<keyof SettingValues, string>,
  read({ store }) {
    const { model, training, seed } = store.getState().settings;
    const { imageSize: _, imageChannels: __, ...network } = model;
    const { preview, ...run } = training;
    return {
      ...network,
      ...run,
      'preview.count': preview.count,
      'preview.samplerSteps': preview.samplerSteps,
      'preview.seed': preview.seed,
      seed,
    };
  },
  put({ store }, values) {
    const [model, training, preview]: Record<string, unknown>[] = [{}, {}, {}];
    const { seed, ...others } = values;
    for (const [field, value] of Object.entries(others)) {
      if (field.startsWith(ofPreview))
        Object.assign(preview as object, { [field.slice(ofPreview.length)]: value });
      else Object.assign((modelFields.has(field) ? model : training) as object, { [field]: value });
    }
    const { changeModel, changeTraining, changePreview, changeSeed } = store.getState();
    if (Object.keys(model as object).length > 0) changeModel(model as Partial<ModelConfig>);
    if (Object.keys(training as object).length > 0) changeTraining(training as Partial<TrainingSettings>);
    if (Object.keys(preview as object).length > 0) changePreview(preview as Partial<PreviewSettings>);
    if (seed !== undefined) changeSeed(seed);
  },
});

export const shownChoices = choiceGroup<{ classFilter: readonly number[]; samplingShare: number }>({
  view,
  titles: { classFilter: 'Classes shown', samplingShare: 'Sampling’s share of the time' },
  read({ store }) {
    const { dataset, samplingShare } = store.getState();
    return { classFilter: dataset.classFilter, samplingShare };
  },
  put({ store }, { classFilter, samplingShare }) {
    if (classFilter) store.setState({ dataset: { ...store.getState().dataset, classFilter } });
    if (samplingShare !== undefined) store.getState().setSamplingShare(samplingShare);
  },
});

/** t, example and noise; of links they are a part of their own, as are those of sampling. */
export const forwardChoices = choiceGroup<ForwardState>({
  view,
  titles: { exampleIndex: 'Example', t: 'Steps of noise t', noiseSeed: 'Noise' },
  schema: v.object(forwardFields),
  read: ({ store }) => store.getState().forward,
  put: ({ store }, values) => store.setState({ forward: { ...store.getState().forward, ...values } }),
});

export const samplingChoices = choiceGroup<SamplingChoices>({
  view,
  titles: {
    count: 'Pictures',
    seed: 'Seed of sampling',
    sampler: 'Sampler',
    steps: 'Steps of sampling',
    spacing: 'Spacing',
    variance: 'Variance',
    eta: 'Stochasticity η',
    clipX0: 'Clip x̂₀',
    noiseAtEnd: 'Noise at the last step',
    weights: 'Weights',
    classes: 'Class',
    guidance: 'Guidance w',
  },
  schema: v.object(samplingFields),
  read: ({ store }) => store.getState().sampling.settings,
  put: ({ store }, values) => store.getState().setSampling(values),
});

export const originChoices = choiceGroup<{ origin: ModelOrigin | null }>({
  view,
  titles: { origin: 'Model to draw from' },
  read: ({ store }) => ({ origin: store.getState().sampling.origin }),
  put: ({ store }, values) => store.setState({ sampling: { ...store.getState().sampling, ...values } }),
});
