import { useEffect, useSyncExternalStore } from 'react';
import { type ViewId, views } from './views';

/** Address of a view within the page. */
export function addressOf(view: ViewId): string {
  return view === 'playground' ? '#/' : `#/${view}`;
}

/** The view that the address names; what names none is a place in the playground. */
export function useView(): ViewId {
  return useSyncExternalStore(subscribe, currentView);
}

/** Names the tab after the view, and starts each at its top, or at the place that the address names. */
export function useViewOpening(view: ViewId): void {
  const { title } = views[view];
  useEffect(() => {
    document.title = `${title} · DDPM playground`;
    // What the browser does for a place that is there when the page loads.
    const place = location.hash.startsWith('#/') ? null : document.getElementById(location.hash.slice(1));
    if (place) place.scrollIntoView();
    else scrollTo(0, 0);
  }, [title]);
}

function currentView(): ViewId {
  const [, id = ''] = /^#\/([\w-]+)/.exec(location.hash) ?? [];
  return Object.hasOwn(views, id) ? (id as ViewId) : 'playground';
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  // Back to an address with another query: browsers tell no change of the hash.
  addEventListener('popstate', changed);
  return () => {
    removeEventListener('hashchange', changed);
    removeEventListener('popstate', changed);
  };
}
