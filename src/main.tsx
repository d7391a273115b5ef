import './ui/tokens.css';
import './ui/base.css';
import './ui/layout/layout.css';
import './ui/layout/text.css';
import './ui/layout/surfaces.css';
import './ui/layout/table.css';
import './ui/layout/narrow.css';
import './ui/layout/touch.css';
import './app/compose';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { exampleFollowers } from './app/exampleFollowers';
import { isolate } from './app/site/isolate';
import { followSite } from './app/site/siteState';
import { followExample } from './store/followExample';
import { recordSettings } from './store/history/pageHistory';
import { readLink } from './store/share/shareLink';
import { startOptionsOf } from './store/startOptions';
import { engine, keepPage, lastEvents, useStore } from './store/store';
import { followSystemTheme } from './ui/theme';
import { measureHealth } from './views/network/measureHealth';

if (!(await isolate())) {
  lastEvents.watch(window);
  followSystemTheme();
  const { options, problem } = startOptionsOf(location.href);
  keepPage();
  useStore.getState().openLink(readLink(location.href));
  followExample(useStore, exampleFollowers);
  recordSettings();
  measureHealth({ core: useStore, engine });
  void useStore.getState().listOwnDatasets();
  // The recorder is no part of what is drawn first, and hears of the model that comes back.
  void import('./views/runs/record/pageRecorder')
    .then(({ recordRuns }) => recordRuns())
    .catch((error) => lastEvents.add(`runs are not recorded: ${error}`))
    .then(() => useStore.getState().startSession(options, problem));
  void followSite();
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
