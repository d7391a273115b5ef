import { beforeEach, describe, expect, it } from 'vitest';
import { type Site, SiteFiles } from './siteFiles';

const scope = 'https://example.org/play/';
const first: Site = { version: 'one', files: { 'index.html': 'sha256-a', 'data/digits.zip': 'sha256-d' } };
const second: Site = { version: 'two', files: { 'index.html': 'sha256-b', 'data/digits.zip': 'sha256-d' } };

let caches: CacheStorage;
let fetched: string[];
let host: Record<string, string>;

beforeEach(() => {
  caches = memoryCaches();
  fetched = [];
  host = { 'index.html': 'sha256-a', 'data/digits.zip': 'sha256-d' };
});

/** Files whose content is their digest, as a host has them that keeps to it. */
const fetchFrom = async (request: Request | string, init?: RequestInit): Promise<Response> => {
  const url = typeof request === 'string' ? request : request.url;
  const path = new URL(url).pathname.slice('/play/'.length) || 'index.html';
  fetched.push(path);
  const content = host[path];
  if (content === undefined) return new Response('nothing', { status: 404 });
  if (init?.integrity && init.integrity !== content) throw new TypeError('The digest differs.');
  return new Response(content);
};

const filesOf = (site: Site) => new SiteFiles(site, { caches, fetch: fetchFrom, scope });

describe('SiteFiles', () => {
  it('answers from what is stored, isolated, whatever the query of the page', async () => {
    const files = filesOf(first);
    const told: number[] = [];
    await files.complete((stored) => told.push(stored));
    expect(told).toEqual([1, 2]);
    fetched = [];
    host = {};
    const response = await files.answer(navigation('?backend=cpu'));
    expect(await response.text()).toBe('sha256-a');
    expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(fetched).toEqual([]);
  });

  it('takes from the version before what has not changed, and keeps that version while its pages may be open', async () => {
    await filesOf(first).complete();
    fetched = [];
    host = { ...host, 'index.html': 'sha256-b' };
    const files = filesOf(second);
    await files.complete();
    expect(fetched).toEqual(['index.html']);
    await files.forgetOld();
    expect(await (await files.answer(navigation())).text()).toBe('sha256-b');
    expect(await caches.keys()).toHaveLength(2);
    await filesOf({ ...second, version: 'three' }).complete();
    await filesOf({ ...second, version: 'three' }).forgetOld();
    expect(await caches.keys()).toEqual([`${scope} two`, `${scope} three`]);
  });

  it('does not store what is of another version, but passes it on', async () => {
    host = { ...host, 'index.html': 'sha256-newer' };
    const files = filesOf(first);
    await expect(files.complete()).rejects.toThrow('differs');
    expect(await (await files.answer(navigation())).text()).toBe('sha256-newer');
    host = { ...host, 'index.html': 'sha256-a' };
    expect(await (await files.answer(navigation())).text(), 'nothing was kept').toBe('sha256-a');
  });

  it('leaves the caches of other sites of the origin alone', async () => {
    await caches.open('https://example.org/play-too/ one');
    await filesOf(first).complete();
    await filesOf(second).forgetOld();
    expect(await caches.keys()).toContain('https://example.org/play-too/ one');
  });

  it('passes on what is no file of the site', async () => {
    const response = await filesOf(first).answer(new Request(`${scope}models/none.safetensors`));
    expect(response.status).toBe(404);
    expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  });
});

/** A request as the browser makes it for a page, which no constructor can. */
function navigation(search = ''): Request {
  return new Proxy(new Request(scope + search), {
    get: (request, name) => (name === 'mode' ? 'navigate' : Reflect.get(request, name, request)),
  });
}

function memoryCaches(): CacheStorage {
  const all = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const stored = all.get(name) ?? new Map<string, Response>();
    all.set(name, stored);
    return {
      match: async (url: string) => stored.get(url)?.clone(),
      put: async (url: string, response: Response) => void stored.set(url, response),
    };
  };
  const keys = async () => [...all.keys()];
  return { open, keys, delete: async (name: string) => all.delete(name) } as unknown as CacheStorage;
}
