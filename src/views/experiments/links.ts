import { merged } from '../../store/difference';
import { linkBase, type SharedState } from '../../store/share/sharedState';
import { linkTo } from '../../store/share/shareLink';
import { withExperiment } from './address';
import { type ExperimentId, experimentOf } from './experiments';

/** What the link of an experiment holds. */
export function contentOf(id: ExperimentId): SharedState {
  return merged(linkBase(), experimentOf(id).settings) as SharedState;
}

/** The link that opens an experiment: its settings, its view and its card. */
export function linkOf(id: ExperimentId, page: string): string {
  const url = new URL(page);
  url.hash = experimentOf(id).view;
  return withExperiment(linkTo(url.href, contentOf(id)), id);
}
