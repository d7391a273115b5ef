/** What a page asks of its service worker: to store the whole site, or to take the place of the version before. */
export type PageMessage = 'complete' | 'takeOver';

/** What the service worker tells the pages: how much of the site is stored. */
export interface StoredMessage {
  stored: number;
  total: number;
}
