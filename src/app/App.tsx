import { Suspense, useEffect, useRef } from 'react';
import { useStore } from '../store/store';
import { lazyPart } from '../ui/lazyPart';
import { useAlone } from './alone/useAlone';
import { ExperimentGuide } from './experiments/ExperimentGuide';
import { Header } from './Header';
import { HistoryNote } from './history/HistoryNote';
import { useGestures } from './keyboard/useGestures';
import { usePageKeys } from './keyboard/usePageKeys';
import { usePresenter } from './presenter/state';
import { EmbedFooter } from './share/EmbedFooter';
import { embeddedPanel, isEmbedded, isWithoutControls } from './share/embed';
import { LinkNotice } from './share/LinkNotice';
import { ModelLinkNotice } from './share/ModelLinkNotice';
import { NewVersionNotice } from './site/NewVersionNotice';
import { EngineTrouble, ViewTrouble } from './Trouble';
import { useTour } from './tour/state';
import { TourOffer } from './tour/TourOffer';
import { useView, useViewOpening } from './useView';
import { views } from './views';
import './App.css';

const Presenter = lazyPart(() => import('./presenter/Presenter'));
const TourCard = lazyPart(() => import('./tour/TourCard'));

/** The page: its header, and the view that the address names. A link cannot skip to the content: the address is the view's. */
export function App() {
  const view = useView();
  useViewOpening(view);
  useEffect(() => useStore.getState().showPlayground(view === 'playground'), [view]);
  useGestures();
  const { Content } = views[view];
  const embedded = isEmbedded();
  const presented = usePresenter((state) => state.scene !== null);
  usePageKeys(view, !embedded && !presented);
  useAlone(embeddedPanel());
  const bare = isWithoutControls();
  useEffect(() => {
    if (bare) document.documentElement.setAttribute('data-controls', 'none');
  }, [bare]);
  const touring = useTour((state) => state.open);
  const content = useRef<HTMLElement>(null);
  return (
    <>
      {!embedded && (
        <>
          <button type="button" className="skip-link" onClick={() => content.current?.focus()}>
            Skip to the content
          </button>
          <Header />
        </>
      )}
      <main ref={content} id="content" className="page" tabIndex={-1} data-view={view}>
        {!embedded && <NewVersionNotice />}
        <LinkNotice embedded={embedded} />
        <ModelLinkNotice />
        {view === 'playground' && !embedded && <TourOffer />}
        <EngineTrouble />
        <div className="guided">
          <ExperimentGuide />
          <ViewTrouble key={view} view={view}>
            <Suspense fallback={<p className="page__loading">Loading…</p>}>
              <Content />
            </Suspense>
          </ViewTrouble>
        </div>
      </main>
      {embedded ? !bare && <EmbedFooter /> : <HistoryNote />}
      {presented && (
        <Suspense fallback={null}>
          <Presenter />
        </Suspense>
      )}
      {touring && (
        <Suspense fallback={null}>
          <TourCard />
        </Suspense>
      )}
    </>
  );
}
