import './ui/tokens.css';
import './ui/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { isolate } from './app/site/isolate';
import { followSite } from './app/site/siteState';
import { recordSettings } from './store/history/pageHistory';
import { readLink } from './store/share/shareLink';
import { startOptionsOf } from './store/startOptions';
import { lastEvents, useStore } from './store/store';
import { followSystemTheme } from './ui/theme';

if (!(await isolate())) {
  lastEvents.watch(window);
  followSystemTheme();
  const { options, problem } = startOptionsOf(location.href);
  useStore.getState().openLink(readLink(location.href));
  recordSettings();
  void useStore.getState().listOwnDatasets();
  void useStore.getState().startSession(options, problem);
  void followSite();
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
