import type { PageMessage, StoredMessage } from './messages';
import { type Site, SiteFiles } from './siteFiles';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build (tools/site). */
declare const SITE: Site;

const { scope } = self.registration;
const files = new SiteFiles(SITE, { caches, fetch: (request, init) => fetch(request, init), scope });

// The first one has nothing to disturb, and the page waits for it to be isolated. Later ones wait, complete, until all pages
// are closed or one asks.
self.addEventListener('install', (event) => {
  event.waitUntil(self.registration.active ? files.complete() : self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(files.forgetOld().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  event.respondWith(answer(request));
});

self.addEventListener('message', (event) => {
  const message = event.data as PageMessage;
  event.waitUntil(message === 'takeOver' ? self.skipWaiting() : files.complete(tellOf(event.source)));
});

async function answer(request: Request): Promise<Response> {
  try {
    const response = await files.answer(request);
    return response.status === 404 ? ((await files.answerOfEarlier(request)) ?? response) : response;
  } catch (error) {
    const earlier = await files.answerOfEarlier(request);
    if (earlier) return earlier;
    throw error;
  }
}

function tellOf(client: ExtendableMessageEvent['source']) {
  return (stored: number, total: number) => client?.postMessage({ stored, total } satisfies StoredMessage);
}
