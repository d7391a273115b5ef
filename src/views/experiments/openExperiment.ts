import { readLink } from '../../store/share/shareLink';
import { useStore } from '../../store/store';
import type { ExperimentId } from './experiments';
import { linkOf } from './links';
import { followAddress } from './state';

/** Shows an experiment as a visit of its link would, and keeps what the page was in the history of the browser. */
export async function openExperiment(id: ExperimentId): Promise<void> {
  const link = linkOf(id, location.href);
  history.pushState(null, '', link);
  followAddress();
  dispatchEvent(new HashChangeEvent('hashchange'));
  await useStore.getState().followLink(readLink(link));
}
