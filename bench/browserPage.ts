import type { BackendName } from '../src/engine/backend/report';

export const browserNames = ['chromium', 'firefox', 'webkit'] as const;
export type BrowserName = (typeof browserNames)[number];

/** The blank page of the built one, open in a browser. */
export interface BrowserPage {
  /** 'Chromium 140.0.7339.16' */
  platform: string;
  /** Runs a function in the page: it is sent as text, its arguments as JSON. */
  evaluate<Args extends unknown[], Result>(
    action: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Makes a function of this process one of the page's, where the browser's driver can. */
  expose?(name: string, answer: (argument: never) => unknown): Promise<unknown>;
  close(): Promise<void>;
}

export type OpenPage = (address: string, backend: BackendName) => Promise<BrowserPage>;
