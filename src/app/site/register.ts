let registration: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** The service worker of the built page; undefined where there is none: in a frame, over plain http, or where the browser refuses. */
export function registerServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  registration ??= register();
  return registration;
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || window.top !== window) return undefined;
  try {
    return await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
  } catch {
    return undefined; // The page works without, unstored.
  }
}
