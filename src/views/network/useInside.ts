import { useEffect, useLayoutEffect, useMemo } from 'react';
import { useCurrentData } from '../../panels/data/useCurrentData';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { useCalm } from '../../ui/useCalm';
import { useChosenConfig, useChosenModel, useChosenProblem } from './model/useChosenModel';
import type { NetworkSettings } from './settings';
import { networkGroup } from './settings';
import { type Inside, settingsFor, useNetwork } from './state';

/** The settings as far as the model of now has what they name. */
export function useNetworkSettings(): NetworkSettings {
  const settings = useValues(networkGroup);
  const config = useChosenConfig();
  return useMemo(() => settingsFor(settings, config), [settings, config]);
}

/** What the network computed last, where it is the network of now. */
export function useInside(): Inside | null {
  const inside = useNetwork((state) => state.inside);
  const config = useChosenConfig();
  return inside?.config === config ? inside : null;
}

/** What decides the image that goes in, and the network that it goes into; another one whenever one of them is another. */
function useAsked() {
  const { index, t, seed, tellClass, changes } = useNetworkSettings();
  const weights = useStore((state) => state.values.sampling.weights);
  const blocked = useChosenProblem() !== null;
  const data = useCurrentData();
  const model = useChosenModel();
  const trained = useCalm(model?.trainedSteps ?? 0, 500);
  const key = [
    blocked,
    index,
    t,
    seed,
    tellClass,
    weights,
    trained,
    model?.shipped,
    model?.stored?.id,
  ].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the values.
  return useMemo(() => ({ blocked }), [key, changes, data, model?.config]);
}

/** Looks inside whenever image, t, seed, model, block or pixel is another, and twice a second while the model learns. */
export function useLooking(): void {
  const asked = useAsked();
  const { block, channel, row, column } = useNetworkSettings();
  const { lookInside, stopLooking } = useNetwork.getState();
  // In the layout's effect: after the paint, a drag of t would be a frame behind.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is read from the store.
  useLayoutEffect(() => {
    if (!asked.blocked) void lookInside();
  }, [asked, block, channel, row, column, lookInside]);
  useEffect(() => stopLooking, [stopLooking]);
}

/** The same for the gradients, once the maps are there: a backward pass would hold up those of the next t. */
export function useDifferentiating(): void {
  const asked = useAsked();
  const looking = useNetwork((state) => state.looking);
  const { row, column, colour, of } = useNetworkSettings();
  const { differentiate } = useNetwork.getState();
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (!asked.blocked && !useNetwork.getState().looking) void differentiate();
  }, [asked, looking, row, column, colour, of, differentiate]);
}
