import { createStore } from 'zustand/vanilla';
import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { messageOf } from '../../engine/messageOf';
import type { Change } from '../../engine/network/changes';
import type { Predicted } from '../../engine/network/pixelGradient';
import { Random } from '../../engine/training/random';
import type { ModelConfig } from '../../engine/unet/config';
import { pointsOf } from '../../engine/unet/hooks';
import { modulesOf } from '../../engine/unet/modules';
import { dataImage, type EditingNeeds } from '../../store/editing';
import { LatestStudy } from '../../store/latestStudy';
import type { SampledModel } from '../../store/sampledModel';
import { useStore } from '../../store/store';
import { studiedModel } from '../../store/studiedModel';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { decidingPixels } from './gradientStudy';
import { chosenModel, type Opened, openedCheckpoint } from './model/chosenModel';
import { type NetworkSettings, networkGroup } from './settings';
import type { InsideAnswer, insideNetwork } from './study';

/** What the network computed for one image. */
export interface Inside extends InsideAnswer {
  config: ModelConfig;
  diffusion: Diffusion;
  /** From 0. */
  t: number;
  x0: Float32Array;
  noise: Float32Array;
  xt: Float32Array;
  block: string;
  channel: number;
  row: number;
  column: number;
  /** The changes that acted. */
  changes: readonly Change[];
}

/** Gradients of one predicted pixel, of x_t at several t. */
export interface Gradients {
  config: ModelConfig;
  /** From 0, ascending, with the image and its gradient at each, HWC. */
  shown: { t: number; xt: Float32Array; gradient: Float32Array }[];
  of: Predicted;
  row: number;
  column: number;
}

export interface NetworkState {
  /** The newest; it stays while the next is computed. */
  inside: Inside | null;
  looking: boolean;
  gradients: Gradients | null;
  differentiating: boolean;
  /** For the user; what was there before stays. */
  problem: string | null;
  /** Asks the model what it computes now. A call that waits is skipped for a newer one. */
  lookInside(): Promise<void>;
  /** Asks for the gradients of the chosen pixel. */
  differentiate(): Promise<void>;
  stopLooking(): void;
}

type Needs = ValuesSlice & EditingNeeds;

/** The settings as far as a model has the blocks, channels and pixels that they name. */
export function settingsFor(settings: NetworkSettings, config: ModelConfig): NetworkSettings {
  const { imageSize, imageChannels, nSteps, nClasses } = config;
  const modules = modulesOf(config).filter(({ kind }) => kind !== 'time');
  const opened = modules.find(({ name }) => name === settings.block) ?? (modules[0] as (typeof modules)[0]);
  const points = pointsOf(config);
  const isThere = ({ point, channel = 0 }: Change) => channel < (points.get(point) ?? 0);
  return {
    ...settings,
    t: Math.min(Math.max(settings.t, 1), nSteps),
    tellClass: settings.tellClass && nClasses > 0,
    row: Math.min(settings.row, imageSize - 1),
    column: Math.min(settings.column, imageSize - 1),
    block: opened.name,
    colour: Math.min(settings.colour, imageChannels - 1),
    channel: Math.min(settings.channel, opened.outputs - 1),
    changes: settings.changes.filter(isThere),
  };
}

/** The t of the other gradients: near the image, between, near the noise; as shares of T. */
const OTHER_TIMES = [0.02, 0.25, 0.6, 0.95];

export function createNetwork({ core, engine }: ViewPlace<Needs>, opened: Opened = openedCheckpoint) {
  const looks = new LatestStudy<typeof insideNetwork>(engine, 'insideNetwork');
  const derivatives = new LatestStudy<typeof decidingPixels>(engine, 'decidingPixels');
  return createStore<NetworkState>()((set) => {
    let lookCount = 0;
    let derivativeCount = 0;

    /** The model, and what it is asked about; null, and the problem told, where it cannot be asked. */
    function asked() {
      const { model, source, problem } = studiedModel(
        core.getState(),
        chosenModel(core.getState(), opened()),
      );
      if (model) return { source, question: questionOf(core.getState(), model) };
      set({ problem });
      return null;
    }

    return {
      inside: null,
      looking: false,
      gradients: null,
      differentiating: false,
      problem: null,

      async lookInside() {
        const now = asked();
        if (!now) return;
        const look = ++lookCount;
        set({ looking: true, problem: null });
        const { source, question } = now;
        const { settings, noised, label, ...known } = question;
        const { row, column, block, channel, changes } = settings;
        const t = settings.t - 1;
        const xt = noised(t);
        try {
          const request = { x: xt, t, label, place: { row, column }, block, channel, changes };
          const answer = await looks.follow(source, request);
          if (!answer) return;
          const inside = { ...answer, ...known, xt, t, row, column, block, channel, changes };
          set({ inside, looking: look !== lookCount });
        } catch (error) {
          if (look === lookCount) set({ looking: false, problem: messageOf(error) });
        }
      },

      async differentiate() {
        const now = asked();
        if (!now) return;
        const derivative = ++derivativeCount;
        set({ differentiating: true, problem: null });
        const { source, question } = now;
        const { settings, noised, label, config } = question;
        const { row, column, colour, of, changes } = settings;
        const times = timesAround(settings.t - 1, config.nSteps);
        const images = times.map(noised);
        const length = config.imageSize ** 2 * config.imageChannels;
        const x = new Float32Array(times.length * length);
        images.forEach((image, i) => {
          x.set(image, i * length);
        });
        try {
          const pixel = { row, column, channel: colour };
          const request = { x, t: times, label, pixel, of, changes };
          const gradient = await derivatives.follow(source, request);
          if (!gradient) return;
          const shown = times.map((t, i) => ({
            t,
            xt: images[i] as Float32Array,
            gradient: gradient.slice(i * length, (i + 1) * length),
          }));
          const differentiating = derivative !== derivativeCount;
          set({ gradients: { config, shown, of, row, column }, differentiating });
        } catch (error) {
          if (derivative === derivativeCount) set({ differentiating: false, problem: messageOf(error) });
        }
      },

      stopLooking() {
        lookCount++;
        derivativeCount++;
        looks.stop();
        derivatives.stop();
        set({ looking: false, differentiating: false });
      },
    };
  });
}

export const useNetwork = viewStore((place) => createNetwork(place));

/** Points at a pixel; no entry of the history. */
export function pointAtPixel(row: number, column: number): void {
  useStore.getState().put(networkGroup, { row, column });
}

/** The t that is chosen among those that show the way, ascending, from 0. */
function timesAround(t: number, nSteps: number): number[] {
  const others = OTHER_TIMES.map((share) => Math.round(share * (nSteps - 1)));
  return [...new Set([t, ...others])].sort((a, b) => a - b);
}

function questionOf(state: Needs, { config }: SampledModel) {
  const data = state.dataset.data as NonNullable<typeof state.dataset.data>;
  const settings = settingsFor(valuesOf(state, networkGroup), config);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const x0 = dataImage(data, settings.index);
  const noise = new Random(settings.seed).normal(x0.length);
  const label = settings.tellClass ? (data.labels[Math.min(settings.index, data.count - 1)] as number) : -1;
  return {
    ...{ config, settings, diffusion, x0, noise, label },
    noised: (t: number) => qSample(diffusion, x0, t, noise),
  };
}
