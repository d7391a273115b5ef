import type { StateCreator } from 'zustand';
import { imageShape } from '../../settings/defaultSettings';
import { encoded } from '../../settings/group';
import { forwardGroup } from '../../settings/groups/forward';
import { dataGroup, originGroup } from '../../settings/groups/page';
import { samplingGroup } from '../../settings/groups/sampling';
import type { KeptSettings } from '../../settings/settings';
import { type FactsNeeds, factsOf, isKnown } from '../datasetFacts';
import type { DatasetSlice } from '../datasetSlice';
import { encodedValues, putEncoded } from '../encodedValues';
import { modelOrigins, sampledOrigin } from '../sampledModel';
import type { SamplingSlice } from '../samplingSlice';
import type { SettingsSlice } from '../settingsSlice';
import type { TrainingSlice } from '../trainingSlice';
import type { PageValues, ValuesSlice } from '../valuesSlice';
import { linkedGroups, type SharedState } from './sharedState';
import type { OpenedLink } from './shareLink';

export interface ShareState {
  /** What a link brought. While it is shown, nothing of the user's settings that are stored is touched. */
  opened: SharedState | null;
  /** Why a link could not be opened, for the user. */
  problem: string | null;
  /** What of an opened link is not as its sender saw it, for the user. */
  missing: readonly string[];
}

export interface ShareSlice {
  share: ShareState;
  /** Shows what a link holds; before the session starts. */
  openLink(link: OpenedLink): void;
  /** Shows what a link holds on the page as it is, in place of what was drawn; a run of training pauses. */
  followLink(link: OpenedLink): Promise<void>;
  /** Brings t, example and noise of the link, once its data set is there. */
  showSharedExample(): void;
  /** Makes the settings of the link the user's own. */
  keepLink(): void;
  /** Brings back the user's own settings, as they were before the link. */
  leaveLink(): Promise<void>;
  dismissLinkProblem(): void;
}

/** What the user had before the link. */
interface Own {
  kept: KeptSettings;
  values: PageValues;
}

type Needs = ShareSlice &
  SettingsSlice &
  DatasetSlice &
  SamplingSlice &
  TrainingSlice &
  ValuesSlice &
  FactsNeeds;

export const createShareSlice: StateCreator<Needs, [], [], ShareSlice> = (set, get) => {
  const change = (share: Partial<ShareState>) => set({ share: { ...get().share, ...share } });
  let own: Own | null = null;
  return {
    share: { opened: null, problem: null, missing: [] },

    openLink({ shared, problem }) {
      get().listener?.beginAnew();
      if (!shared) return change({ problem });
      const { dataset, title } = shared;
      if (!isKnown(get(), dataset)) {
        const shown = factsOf(get(), get().values.data.dataset).title;
        return change({
          problem: `The data set “${title}” of this link exists only in its sender’s browser, so the page shows ${shown} with your own settings. Ask the sender for the data set’s file, and add it under Data.`,
        });
      }
      // Of a second link, too, the way back is to what the user had.
      own ??= { kept: get().kept, values: get().values };
      const { model, training, seed, sampling, origin } = shared;
      const shape = imageShape(factsOf(get(), dataset));
      change({ opened: shared, problem: null, missing: [] });
      set({
        kept: { ...get().kept, [dataset]: { model: { ...model, ...shape }, training, seed } },
        drafts: {},
      });
      if (dataset === get().values.data.dataset) get().followDataset(dataset);
      else get().put(dataGroup, { dataset });
      get().put(samplingGroup, sampling);
      putEncoded(get(), linkedGroups(), shared.views);
      const there = modelOrigins(get());
      if (origin === 'own' || (origin && !there.includes(origin)))
        change({
          missing: [
            there.length > 0
              ? 'The images of its sender are by a model that is not here; these are by one that comes with the page.'
              : 'The images of its sender are by a model that is not here. With the same settings and seed, training makes it again.',
          ],
        });
      else if (origin) get().put(originGroup, { origin });
    },

    async followLink(link) {
      get().openLink(link);
      const { opened } = get().share;
      if (!opened) return;
      get().forgetSampling();
      await get().openDataset(opened.dataset);
      get().showSharedExample();
    },

    showSharedExample() {
      const { opened } = get().share;
      if (opened && get().values.data.dataset === opened.dataset) get().put(forwardGroup, opened.forward);
    },

    keepLink() {
      own = null;
      change({ opened: null, missing: [] });
    },

    async leaveLink() {
      if (!own) return;
      get().listener?.beginAnew();
      const { kept, values } = own;
      own = null;
      set({ kept });
      const { dataset } = values.data;
      const shown = get().openDataset(dataset);
      // The settings of the data set are those that were kept; all else is as it was.
      set({ values: { ...values, settings: get().values.settings } });
      change({ opened: null, missing: [] });
      await shown;
    },

    dismissLinkProblem: () => change({ problem: null }),
  };
};

/** What a link to the page as it is now holds. */
export function shareable(state: Needs): SharedState {
  const { values } = state;
  const { dataset } = values.data;
  const { model, training, seed } = values.settings;
  const { imageSize: _, imageChannels: __, ...network } = model;
  return {
    dataset,
    title: factsOf(state, dataset).title,
    origin: sampledOrigin(state),
    model: network,
    training: { ...training, classDropout: training.classDropout ?? 0.1 },
    seed,
    sampling: encoded(samplingGroup, values.sampling) as SharedState['sampling'],
    forward: values.forward,
    views: encodedValues(state, linkedGroups()),
  };
}
