import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatIdx } from '../data/idx';
import { type AddressesProgress, addressesOf, fetchAddresses, publishedAddresses } from './addresses';

const page = 'https://example.org/play/';
let server: Server;
let origin: string;
const asked: string[] = [];
const files: Record<string, Uint8Array | string> = {
  '/set/cats/1.png': '\x89PNG…',
  '/set/dogs/2%20b.png': '\x89PNG…',
  '/get?id=images': gzipSync(formatIdx({ shape: [1, 1, 1], values: Uint8Array.of(9) })),
  '/get?id=labels': formatIdx({ shape: [1], values: Uint8Array.of(9) }),
  '/table': 'label,a,b,c,d\n1,0,0,9,9\n',
};

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const content = files[url];
    if (content === undefined) response.writeHead(404).end();
    else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const { signal } = new AbortController();
const fetched = (paths: string[], kept?: Map<string, Blob>) =>
  fetchAddresses(
    paths.map((path) => origin + path),
    signal,
    () => {},
    kept,
  );

describe('addresses', () => {
  it('are parted by white space, each once', () => {
    expect(addressesOf('https://a.org/1.png\n\n https://a.org/2.png https://a.org/1.png', page)).toEqual({
      addresses: ['https://a.org/1.png', 'https://a.org/2.png'],
    });
    for (const { addresses } of publishedAddresses)
      expect(addressesOf(addresses, page)).toEqual({ addresses: addresses.split('\n') });
  });

  it('are refused as a whole where one of them may not be fetched, by name', () => {
    expect(addressesOf('https://a.org/1.png ftp://a.org/2.png', page)).toEqual({
      problem:
        '“ftp://a.org/2.png” would come by ftp; it may come by https only, or from where this page is.',
    });
    const many = Array.from({ length: 1001 }, (_, i) => `https://a.org/${i}`).join(' ');
    expect(addressesOf(many, page)).toEqual({ problem: expect.stringContaining('take fewer, or a .zip') });
  });

  it('become files by their paths below what they share, whatever they end in', async () => {
    const names = async (...paths: string[]) => (await fetched(paths)).map(({ name }) => name);
    expect(await names('/set/cats/1.png', '/set/dogs/2%20b.png')).toEqual(['cats/1.png', 'dogs/2 b.png']);
    expect(await names('/set/cats/1.png')).toEqual(['1.png']);
    expect(await names('/get?id=images', '/get?id=labels')).toEqual(['get', 'get']);
    expect(await names('/table')).toEqual(['table']);
  });

  it('are all or nothing; what came is not asked for again', async () => {
    const kept = new Map<string, Blob>();
    await expect(fetched(['/set/cats/1.png', '/none.png'], kept)).rejects.toThrow(
      /^none\.png: localhost:\d+ answers 404 .*\nNothing was added\.$/,
    );
    asked.length = 0;
    expect(await fetched(['/set/cats/1.png', '/table'], kept)).toHaveLength(2);
    expect(asked).toEqual(['/table']);
  });

  it('tell how far they are', async () => {
    const told: AddressesProgress[] = [];
    const both = [`${origin}/table`, `${origin}/get?id=labels`];
    await fetchAddresses(both, signal, (progress) => told.push(progress));
    expect(told[0]).toEqual({ bytes: 0, total: null, files: 2, filesDone: 0 });
    expect(told.at(-1)).toEqual({ bytes: 33, total: 33, files: 2, filesDone: 2 });
  });
});
