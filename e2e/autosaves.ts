import type { Page } from '@playwright/test';

/** What is read of the newest autosave. */
export interface NewestSave {
  savedAt: number;
  step: number;
}

/** The newest autosave in the browser; null where there is none. */
export function newestSave(page: Page): Promise<NewestSave | null> {
  return page.evaluate(
    () =>
      new Promise<NewestSave | null>((resolve, reject) => {
        const opening = indexedDB.open('ddpm-playground');
        opening.onerror = () => reject(opening.error);
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('training');
          const store = transaction.objectStore('training');
          let newest: NewestSave | null = null;
          store.getAllKeys().onsuccess = (event) => {
            const keys = (event.target as IDBRequest<string[]>).result.filter((key) => key !== 'damaged');
            const key = keys.sort().at(-1);
            if (key === undefined) return;
            const reading = store.get(key);
            reading.onsuccess = () => {
              const { savedAt, bundle } = reading.result as { savedAt: number; bundle: Uint8Array };
              const length = new DataView(bundle.buffer, bundle.byteOffset).getUint32(0, true);
              const header = JSON.parse(new TextDecoder().decode(bundle.subarray(8, 8 + length)));
              newest = { savedAt, step: JSON.parse(header.__metadata__.training).step };
            };
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(newest);
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
  );
}

/** Changes the newest autosave: cuts it off, or turns a bit of a number that stays finite. */
export function damageNewest(page: Page, how: 'cut' | 'changed'): Promise<void> {
  return page.evaluate(
    (what) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('ddpm-playground');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('training', 'readwrite');
          const store = transaction.objectStore('training');
          store.getAllKeys().onsuccess = (event) => {
            const keys = (event.target as IDBRequest<string[]>).result.filter((key) => key !== 'damaged');
            const key = keys.sort().at(-1) as string;
            const reading = store.get(key);
            reading.onsuccess = () => {
              const bundle: Uint8Array = reading.result.bundle;
              // Of a float32 in little-endian order, the lowest byte is of the mantissa.
              const place = bundle.length - 4096;
              bundle[place] = (bundle[place] as number) ^ 1;
              // As it was saved before there were checksums.
              const cut = { savedAt: reading.result.savedAt, bundle: bundle.slice(0, 5000) };
              store.put(what === 'cut' ? cut : { ...reading.result, bundle }, key);
            };
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    how,
  );
}
