import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../../engine/data/datasets';
import { type ShippedOrigin, shippedOrigins } from '../../engine/models/shippedModels';
import { settingGroup } from '../group';
import { custom, number } from '../kinds';
import { samplingShares } from '../samplingShare';
import type { NumberSetting } from '../setting';

const view = 'playground';

/** The data set on the page. */
export const dataGroup = settingGroup<{ dataset: DatasetId }>(
  { id: 'data', view, linked: false, kept: false },
  {
    dataset: custom<DatasetId>({
      label: 'Data set',
      default: 'digits',
      linkBase: 'digits',
      schema: v.custom<DatasetId>((id) => typeof id === 'string' && isDatasetId(id)),
    }),
  },
);

const samplingShare: NumberSetting = {
  ...number({
    label: 'Time for sampling during training',
    default: samplingShares.default,
    linkBase: samplingShares.default,
    min: 0,
    max: samplingShares.most,
    step: 0.05,
  }),
  format: (share) => `${Math.round(100 * share)} %`,
};

/** What the page shows of it, and how it shares the engine's time. */
export const shownGroup = settingGroup<{ classFilter: readonly number[]; samplingShare: number }>(
  { id: 'shown', view, linked: false, kept: false },
  {
    classFilter: custom<readonly number[]>({
      label: 'Classes shown',
      default: [],
      linkBase: [],
      schema: v.array(v.number()),
    }),
    samplingShare,
  },
);

/** Whose model is sampled. */
export type ModelOrigin = ShippedOrigin | 'own';

const origins = [...(Object.keys(shippedOrigins) as ShippedOrigin[]), 'own'] as const;

export const originGroup = settingGroup<{ origin: ModelOrigin | null }>(
  { id: 'origin', view, linked: false },
  {
    origin: custom<ModelOrigin | null>({
      label: 'Model',
      default: null,
      linkBase: 'shipped',
      schema: v.nullable(v.picklist(origins)),
    }),
  },
);
