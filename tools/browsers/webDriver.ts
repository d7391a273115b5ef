/** The commands of W3C WebDriver in use, by their names, and where each is over HTTP below a session's address. */
export const endpoints = {
  NewSession: ['POST', ''],
  DeleteSession: ['DELETE', ''],
  SetTimeouts: ['POST', '/timeouts'],
  SetWindowRect: ['POST', '/window/rect'],
  Navigate: ['POST', '/url'],
  ExecuteScript: ['POST', '/execute/sync'],
  ElementClick: ['POST', '/element/:id/click'],
  ElementClear: ['POST', '/element/:id/clear'],
  ElementSendKeys: ['POST', '/element/:id/value'],
  TakeScreenshot: ['GET', '/screenshot'],
} as const;

export type CommandName = keyof typeof endpoints;

/** A browser that is driven by WebDriver (https://www.w3.org/TR/webdriver2/). */
export interface WebDriver {
  /** Resolves with the command's value. Rejects with what the browser says is wrong. */
  send(command: CommandName, parameters?: Record<string, unknown>): Promise<unknown>;
}

/** The value of the command of that name, as far as it is used. */
export interface NewSession {
  capabilities: { browserVersion: string };
}

export interface Launched {
  driver: WebDriver;
  version: string;
  /** Ends the browser and all that was started for it. */
  close(): Promise<void>;
}

/** A browser that may be on this machine. */
export interface OtherBrowser {
  name: string;
  installed: boolean;
  /** Starts it with a profile of its own, and a session in it. */
  launch(): Promise<Launched>;
}
