import * as v from 'valibot';
import type { DatasetId } from '../../engine/data/datasets';
import { plainName } from '../../engine/names';
import { forwardGroup } from '../../settings/groups/forward';
import { dataGroup, type ModelOrigin, originGroup } from '../../settings/groups/page';
import { type SamplingChoices, samplingGroup } from '../../settings/groups/sampling';
import { trainingGroup, trainingSchemas } from '../../settings/groups/training';
import type { Settings } from '../../settings/settings';
import { composition } from '../composition';
import type { EncodedValues } from '../encodedValues';
import type { PageValues } from '../valuesSlice';

/** All that a link holds, by value: no default of the page decides what a link shows, so that it goes on to show the same. */
export interface SharedState {
  dataset: DatasetId;
  /** What the sender calls it. */
  title: string;
  /** Whose model drew; null where there was none. */
  origin: ModelOrigin | null;
  model: Omit<Settings['model'], 'imageSize' | 'imageChannels'>;
  training: Settings['training'];
  seed: number;
  sampling: SamplingChoices;
  forward: PageValues['forward'];
  /** Settings of the views by their group; a page of before there were such links knows none. */
  views: EncodedValues;
}

/** The groups that a link holds among the views. */
export const linkedGroups = () => composition().groups.filter(({ linked }) => linked);

/** What a link may hold. */
export function linkSchema(): v.GenericSchema<unknown, SharedState> {
  const { model, ...run } = trainingSchemas;
  return v.object({
    dataset: dataGroup.rows.dataset.schema,
    title: v.pipe(v.string(), v.maxLength(200), v.transform(plainName)),
    origin: originGroup.rows.origin.schema,
    model: v.pipe(
      model,
      v.check(({ chMults, isAttn }) => chMults.length === isAttn.length),
    ),
    ...run,
    sampling: samplingGroup.schema,
    forward: forwardGroup.schema,
    views: v.object(Object.fromEntries(linkedGroups().map(({ id, schema }) => [id, schema]))),
  }) as unknown as v.GenericSchema<unknown, SharedState>;
}

/** What a link leaves out is as here: the rows' own link bases, which never change. */
export function linkBase(): SharedState {
  return {
    ...dataGroup.linkBase,
    title: 'Digits',
    ...originGroup.linkBase,
    ...trainingGroup.linkBase,
    sampling: samplingGroup.linkBase,
    forward: forwardGroup.linkBase,
    views: Object.fromEntries(linkedGroups().map((group) => [group.id, group.linkBase])),
  };
}
