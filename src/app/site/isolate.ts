import { registerServiceWorker } from './register';

const patienceMs = 3000;
/** A page that is loaded again within this time and still is not isolated cannot be. */
const onceInMs = 20_000;
const key = 'isolatedAt';

/**
 * Makes the page cross-origin isolated where its host sends no headers for that: its service worker adds them, from the
 * next load on, which it asks for at once. Resolves with true where the page is about to be loaded again.
 */
export async function isolate(): Promise<boolean> {
  if (crossOriginIsolated || triedJustNow()) return false;
  const registered = await Promise.race([registerServiceWorker(), delay(patienceMs)]);
  if (!registered || !(await Promise.race([active(registered), delay(patienceMs)]))) return false;
  location.reload();
  return true;
}

async function active(registration: ServiceWorkerRegistration): Promise<boolean> {
  if (!registration.active) await navigator.serviceWorker.ready;
  return true;
}

function triedJustNow(): boolean {
  try {
    const before = Number(sessionStorage.getItem(key) ?? 0);
    sessionStorage.setItem(key, String(Date.now()));
    return Date.now() - before < onceInMs;
  } catch {
    return true; // Where nothing is remembered, it might never end.
  }
}

function delay(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));
}
