import { expect } from '@playwright/test';
import type { WebDriver } from '../../tools/browsers/webDriver';

const selectors = {
  application: '[role=application]',
  button: 'button',
  file: 'input[type=file]',
  link: 'a[href]',
  radio: '[role=radio], input[type=radio]',
  spinbutton: 'input[type=number], [role=spinbutton]',
  summary: 'summary',
  tab: '[role=tab]',
  textbox: 'input[type=text], input:not([type]), textarea',
};

/** Something on the page: its role, a part of its name, and the name of the region or dialog that it is in. */
export type Target = [role: keyof typeof selectors, name: RegExp, within?: RegExp];

/** A page in a browser of WebDriver, by roles and names as a Playground is. */
export class Visit {
  readonly #driver: WebDriver;
  /** Of the pages that were left. */
  readonly #problems: string[] = [];

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  async open(address: string): Promise<void> {
    this.#problems.push(...(await this.#problemsNow()));
    await this.#driver.send('Navigate', { url: address });
  }

  /** As a page reloads itself: Firefox takes WebDriver's command as "without any cache", and so past the service worker. */
  async reload(): Promise<void> {
    this.#problems.push(...(await this.#problemsNow()));
    await this.evaluate(() => {
      Object.assign(window, { left: true });
      location.reload();
    });
    const isNew = () =>
      this.evaluate(() => !('left' in window) && document.readyState === 'complete').catch(() => false);
    await expect.poll(isNew, { message: 'reloaded' }).toBe(true);
  }

  /** Runs a function in the page: it is sent as text. */
  evaluate<Args extends unknown[], Result>(
    action: (...args: Args) => Result,
    ...args: Args
  ): Promise<Result> {
    const script = `(${keepProblems})(); return (${action})(...arguments);`;
    return this.#driver.send('ExecuteScript', { script, args }) as Promise<Result>;
  }

  /** The text of the first element of a selector; null where there is none. */
  text(selector: string): Promise<string | null> {
    return this.evaluate((css) => document.querySelector(css)?.textContent ?? null, selector);
  }

  attribute(selector: string, name: string): Promise<string | null> {
    return this.evaluate(
      (css, key) => document.querySelector(css)?.getAttribute(key) ?? null,
      selector,
      name,
    );
  }

  /** What a field holds. */
  async value(...target: Target): Promise<string> {
    return this.evaluate((field: unknown) => (field as HTMLInputElement).value, await this.#element(target));
  }

  /** Waits until it is there and can be used. */
  async #element(target: Target): Promise<Record<string, string>> {
    const [role, name, within] = target;
    let found: unknown = null;
    const look = async () => {
      found = await this.evaluate(find, selectors[role], name.source, within?.source ?? '');
      return found !== null;
    };
    await expect.poll(look, { message: `${role} ${name}${within ? ` in ${within}` : ''}` }).toBe(true);
    return found as Record<string, string>;
  }

  async click(...target: Target): Promise<void> {
    await this.#send('ElementClick', target);
  }

  /** Types into a field in place of what it holds, and leaves it. */
  async fill(text: string, ...target: Target): Promise<void> {
    // A page that has just opened may put its own value back between the two.
    await expect(async () => {
      await this.#send('ElementClear', target);
      await this.#send('ElementSendKeys', target, { text });
      expect(await this.value(...target)).toBe(text);
    }).toPass();
    await this.#send('ElementSendKeys', target, { text: TAB });
  }

  /** Chooses a file of this machine. */
  async choose(path: string, ...target: Target): Promise<void> {
    await this.#send('ElementSendKeys', target, { text: path });
  }

  /** Waits until it is there. */
  async expect(...target: Target): Promise<void> {
    await this.#element(target);
  }

  /** Tries again where the page has moved the element, or taken it away, since it was found. */
  async #send(command: 'ElementClick' | 'ElementClear' | 'ElementSendKeys', target: Target, parameters = {}) {
    await expect(async () => {
      const [id] = Object.values(await this.#element(target));
      await this.#driver.send(command, { id, ...parameters });
    }).toPass();
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#driver.send('TakeScreenshot')) as string, 'base64');
  }

  /** Errors that nothing in the page has caught. */
  async problems(): Promise<string[]> {
    return [...this.#problems, ...(await this.#problemsNow())];
  }

  #problemsNow(): Promise<string[]> {
    return this.evaluate(() => (window as never as { problems: string[] }).problems);
  }
}

/** Runs in the page, which may have been loaded anew by itself. */
function keepProblems(): void {
  if ('problems' in window) return;
  const problems: string[] = [];
  Object.assign(window, { problems });
  addEventListener('error', ({ message }) => problems.push(message));
  addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)));
}

const TAB = '\uE004';

/** Runs in the page: the first element with this selector and name, in sight and enabled. A file input is never in sight. */
function find(selector: string, name: string, within: string): Element | null {
  const nameOf = (element: Element) => {
    const { labels } = element as HTMLInputElement;
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const named = by.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const label = labels?.[0]?.textContent ?? '';
    return (element.getAttribute('aria-label') || named || label || element.textContent || '').trim();
  };
  const places = [...document.querySelectorAll('section, [role=dialog], [role=alert]')];
  const around = within
    ? places.filter((place) => new RegExp(within).test(nameOf(place)))
    : [document.documentElement];
  for (const place of around)
    for (const element of place.querySelectorAll<HTMLInputElement>(selector)) {
      const usable = element.type === 'file' || (element.checkVisibility() && !element.disabled);
      if (!usable || !new RegExp(name).test(nameOf(element))) continue;
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      return element;
    }
  return null;
}
