import type { StateCreator } from 'zustand';
import type { EncodedChoices } from '../choices/encodedChoices';
import { type FactsNeeds, factsOf, isKnown } from '../datasetFacts';
import type { DatasetSlice } from '../datasetSlice';
import { pictureShape } from '../defaultSettings';
import type { ForwardSlice } from '../forwardSlice';
import { modelOrigins, sampledOrigin } from '../sampledModel';
import type { SamplingSlice } from '../samplingSlice';
import type { KeptSettings } from '../settings';
import type { SettingsSlice } from '../settingsSlice';
import type { TrainingSlice } from '../trainingSlice';
import { base, type SharedState } from './sharedState';
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
  dataset: Needs['settings']['dataset'];
  kept: KeptSettings;
  forward: Needs['forward'];
  sampling: Needs['sampling']['settings'];
  origin: Needs['sampling']['origin'];
  views: EncodedChoices;
}

type Needs = ShareSlice &
  SettingsSlice &
  DatasetSlice &
  ForwardSlice &
  SamplingSlice &
  TrainingSlice &
  FactsNeeds;

/** The settings of the views, which are not all in this store. */
export interface SharedViews {
  read(): EncodedChoices;
  put(views: EncodedChoices): void;
}

const noViews: SharedViews = { read: () => base.views, put: () => {} };

export const createShareSlice =
  (views: SharedViews = noViews): StateCreator<Needs, [], [], ShareSlice> =>
  (set, get) => {
    const change = (share: Partial<ShareState>) => set({ share: { ...get().share, ...share } });
    let own: Own | null = null;
    return {
      share: { opened: null, problem: null, missing: [] },

      openLink({ shared, problem }) {
        if (!shared) return change({ problem });
        const { dataset, title } = shared;
        if (!isKnown(get(), dataset)) {
          const shown = factsOf(get(), get().settings.dataset).title;
          return change({
            problem: `The data set “${title}” of this link is only in the browser of whoever made it, so the page shows ${shown} with your own settings. Ask for its file, and add it under Data.`,
          });
        }
        const { settings: before, forward, sampling: drawing } = get();
        own = {
          ...{ dataset: before.dataset, kept: before.kept, forward, views: views.read() },
          ...{ sampling: drawing.settings, origin: drawing.origin },
        };
        const { model, training, seed, sampling, origin } = shared;
        const shape = pictureShape(factsOf(get(), dataset));
        change({ opened: shared, problem: null });
        set({ dataset: { ...get().dataset, id: dataset } });
        get().replaceSettings(dataset, { model: { ...model, ...shape }, training, seed });
        get().setSampling(sampling);
        views.put(shared.views);
        const there = modelOrigins(get());
        if (origin === 'own' || (origin && !there.includes(origin)))
          change({
            missing: [
              there.length > 0
                ? 'The pictures of its sender are by a model that is not here; these are by one that comes with the page.'
                : 'The pictures of its sender are by a model that is not here. With the same settings and seed, training makes it again.',
            ],
          });
        else if (origin) get().chooseModelOrigin(origin);
      },

      showSharedExample() {
        const { opened } = get().share;
        if (opened && get().dataset.id === opened.dataset) set({ forward: { ...opened.forward } });
      },

      keepLink() {
        own = null;
        change({ opened: null, missing: [] });
      },

      async leaveLink() {
        if (!own) return;
        const { dataset, kept, forward, sampling: settings, origin } = own;
        views.put(own.views);
        own = null;
        set({ settings: { ...get().settings, kept } });
        set({ sampling: { ...get().sampling, settings, origin } });
        const shown = get().chooseDataset(dataset);
        change({ opened: null, missing: [] });
        set({ forward });
        await shown;
      },

      dismissLinkProblem: () => change({ problem: null }),
    };
  };

/** What a link to the page as it is now holds. */
export function shareable(state: Needs, views: EncodedChoices = base.views): SharedState {
  const { settings, sampling, forward } = state;
  const { dataset, model, training, seed } = settings;
  const { imageSize: _, imageChannels: __, ...network } = model;
  return {
    dataset,
    title: factsOf(state, dataset).title,
    origin: sampledOrigin(state),
    model: network,
    training: {
      ...training,
      classDropout: training.classDropout ?? 0.1,
      lossWeight: training.lossWeight,
      snrGamma: training.snrGamma,
    },
    seed,
    sampling: { ...sampling.settings, ...drawnWith(sampling) },
    forward,
    views,
  } as SharedState;
}

/** The first pictures are drawn by other settings than those that wait for the user: the pictures count, until some are chosen. */
function drawnWith({ instead, recording }: Needs['sampling']) {
  if (!instead || !recording) return {};
  const { sampler, steps, spacing, variance, eta } = recording.settings;
  return { sampler, steps, spacing, variance, eta };
}
