import { create } from 'zustand';
import type { PageMessage, StoredMessage } from '../../serviceWorker/messages';
import { registerServiceWorker } from './register';

interface SiteState {
  /** How much of the site is stored for use without a network; null where none is, or that is not known yet. */
  stored: StoredMessage | null;
  /** A newer version that is there and waits. */
  waiting: ServiceWorker | null;
}

/** Of the page as a site: stored or not, and whether a newer one waits. */
export const useSite = create<SiteState>()(() => ({ stored: null, waiting: null }));

/** The first images come first. */
const completeAfterMs = 4000;
/** A page that stays open all day hears of new versions too. */
const updateEveryMs = 3_600_000;

/** Stores the site while the page is at rest, and listens for newer versions. */
export async function followSite(): Promise<void> {
  const registration = await registerServiceWorker();
  if (!registration) return;
  navigator.serviceWorker.addEventListener('message', ({ data }) => useSite.setState({ stored: data }));
  const look = () => {
    const { waiting } = registration;
    // The first version that a browser sees takes the place of none.
    if (registration.active) useSite.setState({ waiting });
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  setInterval(() => registration.update().catch(() => {}), updateEveryMs);
  const { active } = await navigator.serviceWorker.ready;
  setTimeout(() => active?.postMessage('complete' satisfies PageMessage), completeAfterMs);
}

/** Opens the newer version: it takes over, and the page is loaded again. */
export function openNewVersion(): void {
  const { waiting } = useSite.getState();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  // Another tab may have let it take over already.
  if (waiting?.state === 'installed') waiting.postMessage('takeOver' satisfies PageMessage);
  else location.reload();
}
