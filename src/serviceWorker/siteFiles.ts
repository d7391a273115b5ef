import { isolated } from './isolated';

/** The built site, as the build lists it. */
export interface Site {
  /** Another one for every other content. */
  version: string;
  /** SHA-256 of each file, as in an integrity attribute, by its path below the scope. */
  files: Record<string, string>;
}

/** What a service worker has around it; a test brings its own. */
export interface Surroundings {
  caches: CacheStorage;
  fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  /** Address of the folder that the site is in, with a slash at its end. */
  scope: string;
}

/** On a stored answer: what it is the content of. */
const integrityHeader = 'X-Integrity';
/** Files that are fetched at a time. */
const atOnce = 4;

/** The files of one version of the site, in a cache of their own; other sites of the same origin have others. */
export class SiteFiles {
  readonly #site: Site;
  readonly #around: Surroundings;

  constructor(site: Site, around: Surroundings) {
    this.#site = site;
    this.#around = around;
  }

  /** Stores what is missing, from earlier versions where they have it. `tell` hears how many files are there. Rejects where one cannot be had. */
  async complete(tell: (stored: number, total: number) => void = () => {}): Promise<void> {
    const cache = await this.#cache();
    const paths = Object.keys(this.#site.files);
    let stored = 0;
    const next = async (): Promise<void> => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        if (!(await cache.match(this.#address(path))))
          await cache.put(this.#address(path), await this.#get(path));
        tell(++stored, total);
      }
    };
    const total = paths.length;
    await Promise.all(Array.from({ length: atOnce }, next));
  }

  /** The stored file, else what the host answers, which is stored where it is of this version; isolated either way. */
  async answer(request: Request): Promise<Response> {
    const path = this.#pathOf(request);
    if (path === null) return isolated(await this.#around.fetch(request));
    const address = this.#address(path);
    const cache = await this.#cache();
    const known = await cache.match(address);
    if (known) return known;
    try {
      const response = await this.#get(path);
      await cache.put(address, response.clone());
      return response;
    } catch {
      // The host may have a newer version already.
      return isolated(await this.#around.fetch(request));
    }
  }

  /** A file of a version before, which a page opened then may still ask for. */
  async answerOfEarlier(request: Request): Promise<Response | undefined> {
    for (const name of await this.#names()) {
      const response = await (await this.#around.caches.open(name)).match(request.url, {
        ignoreSearch: true,
      });
      if (response) return response;
    }
    return undefined;
  }

  /** Drops all versions but this one and the one before, whose pages may still be open. */
  async forgetOld(): Promise<void> {
    const others = (await this.#names()).filter((name) => name !== this.#name);
    await Promise.all(others.slice(0, -1).map((name) => this.#around.caches.delete(name)));
  }

  /** Whether the request is for a file of this version; null where not. A page is asked for by any query. */
  #pathOf({ url, mode }: Request): string | null {
    const { origin, pathname } = new URL(url);
    const below = (origin + pathname).slice(this.#around.scope.length);
    const path = mode === 'navigate' && below === '' ? 'index.html' : below;
    return Object.hasOwn(this.#site.files, path) ? path : null;
  }

  async #get(path: string): Promise<Response> {
    const integrity = this.#site.files[path] as string;
    const stored = await this.#earlier(path, integrity);
    if (stored) return stored;
    // A name with a hash in it stands for one content for ever.
    const cache = path.startsWith('assets/') ? 'default' : 'no-cache';
    const response = await this.#around.fetch(this.#address(path), { integrity, cache });
    if (!response.ok) throw new Error(`${path}: the server answers ${response.status}`);
    return isolated(response, { [integrityHeader]: integrity });
  }

  async #earlier(path: string, integrity: string): Promise<Response | undefined> {
    for (const name of await this.#names()) {
      if (name === this.#name) continue;
      const response = await (await this.#around.caches.open(name)).match(this.#address(path));
      if (response?.headers.get(integrityHeader) === integrity) return response;
    }
    return undefined;
  }

  get #name(): string {
    return `${this.#around.scope} ${this.#site.version}`;
  }

  #cache(): Promise<Cache> {
    return this.#around.caches.open(this.#name);
  }

  /** Caches of this site, the oldest first. */
  async #names(): Promise<string[]> {
    return (await this.#around.caches.keys()).filter((name) => name.startsWith(`${this.#around.scope} `));
  }

  #address(path: string): string {
    return new URL(path, this.#around.scope).href;
  }
}
