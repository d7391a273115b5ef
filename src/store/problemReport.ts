import { dependencies, version } from '../../package.json';
import { isOwnDatasetId } from '../engine/data/ownDataset';
import type { SessionState } from './sessionState';
import type { TrainingState } from './trainingState';
import type { PageValues } from './valuesSlice';

interface Reported {
  session: SessionState;
  values: Pick<PageValues, 'data' | 'settings'>;
  training: TrainingState;
}

/** Where the page runs, as a browser tells it. */
export type Place = Pick<Navigator, 'userAgent' | 'hardwareConcurrency'> & { isolated: boolean };

/**
 * A text for a bug report: versions, browser, backend, model and what happened last. It holds nothing of the images, the
 * weights or the visitor, and the name of no file and of no data set of the visitor's own.
 */
export function problemReport(state: Reported, events: readonly string[], place: Place): string {
  const { session, training } = state;
  const { data, settings } = state.values;
  const { backend } = session;
  const lines: [string, unknown][] = [
    ['DDPM playground', version],
    ['TensorFlow.js', dependencies['@tensorflow/tfjs']],
    ['Browser', place.userAgent],
    ['Cores', place.hardwareConcurrency],
    ['Isolated', place.isolated],
    ['Engine', session.status],
    ['Backend', backend ? `${backend.name}, ${backend.device}, ${backend.threads} threads` : 'none'],
    ['Kernels', backend ? (backend.fused ? 'fused' : 'stock') : 'none'],
    ['Notices', backend?.notices.join(' ') || 'none'],
    ['Data set', isOwnDatasetId(data.dataset) ? 'own' : data.dataset],
    ['Training', `${training.status}, step ${training.step}`],
    ['Settings', JSON.stringify(settings.training)],
    ['Model', training.model ? JSON.stringify(training.model.config) : 'none'],
    ['Memory', training.memory ? JSON.stringify(training.memory) : 'not measured'],
  ];
  const facts = lines.map(([name, value]) => `${name}: ${value}`);
  return `${facts.join('\n')}\n\nLast events:\n${events.join('\n') || 'none'}\n`;
}
