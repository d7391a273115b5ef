import { Suspense, useEffect, useRef } from 'react';
import { useStore } from '../store/store';
import { lazyPart } from '../ui/lazyPart';
import { Header } from './Header';
import { HistoryNote } from './history/HistoryNote';
import { useGestures } from './keyboard/useGestures';
import { usePageKeys } from './keyboard/usePageKeys';
import { EmbedFooter } from './share/EmbedFooter';
import { isEmbedded } from './share/embed';
import { LinkNotice } from './share/LinkNotice';
import { ModelLinkNotice } from './share/ModelLinkNotice';
import { NewVersionNotice } from './site/NewVersionNotice';
import { EngineTrouble, ViewTrouble } from './Trouble';
import { TourOffer } from './tour/TourOffer';
import { useView, useViewOpening } from './useView';
import { views } from './views';
import './App.css';

const TourCard = lazyPart(() => import('./tour/TourCard'));

/** The page: its header, and the view that the address names. A link cannot skip to the content: the address is the view's. */
export function App() {
  const view = useView();
  useViewOpening(view);
  useEffect(() => useStore.getState().showPlayground(view === 'playground'), [view]);
  useGestures();
  const { Content } = views[view];
  const embedded = isEmbedded();
  usePageKeys(view, !embedded);
  const touring = useStore((state) => state.tour.open);
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
        <ViewTrouble key={view} view={view}>
          <Suspense fallback={<p className="page__loading">Loading…</p>}>
            <Content />
          </Suspense>
        </ViewTrouble>
      </main>
      {embedded ? <EmbedFooter /> : <HistoryNote />}
      {touring && (
        <Suspense fallback={null}>
          <TourCard />
        </Suspense>
      )}
    </>
  );
}
