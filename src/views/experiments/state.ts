import { create } from 'zustand';
import { experimentIn, withExperiment } from './address';

/** The experiment whose card is shown beside the work: its texts load with the card. */
export const useExperiment = create<{ id: string | null }>(() => ({
  id: typeof location === 'undefined' ? null : experimentIn(location.href),
}));

/** Puts the card away; the settings stay. */
export function closeExperiment(): void {
  history.replaceState(history.state, '', withExperiment(location.href, null));
  followAddress();
}

/** Shows the card that the address names. */
export function followAddress(): void {
  useExperiment.setState({ id: experimentIn(location.href) });
}
