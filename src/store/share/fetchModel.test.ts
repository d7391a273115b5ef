import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FetchProgress, fetchModel, modelAddressOf } from './fetchModel';

let server: Server;
let origin: string;
let asked: Record<string, unknown>;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked = request.headers;
    if (request.url === '/model') response.writeHead(200, { 'Content-Length': 5 }).end('abcde');
    else if (request.url === '/large') response.writeHead(200, { 'Content-Length': 2e9 }).write('a');
    else if (request.url === '/endless') {
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
      };
      more();
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const signal = new AbortController().signal;

describe('fetchModel', () => {
  it('brings the bytes, tells how far it is, and says nothing of the page', async () => {
    const told: FetchProgress[] = [];
    const bytes = await fetchModel(`${origin}/model`, signal, (progress) => told.push(progress));
    expect(new TextDecoder().decode(bytes)).toBe('abcde');
    expect(told.at(0)).toEqual({ bytes: 0, total: 5 });
    expect(told.at(-1)).toEqual({ bytes: 5, total: 5 });
    expect(asked).not.toHaveProperty('referer');
    expect(asked).not.toHaveProperty('cookie');
  });

  it('cuts what is too large, also where it has no end', async () => {
    await expect(fetchModel(`${origin}/large`, signal, () => {}, 1e6)).rejects.toThrow(
      /more than .* not loaded/,
    );
    await expect(fetchModel(`${origin}/endless`, signal, () => {}, 1e6)).rejects.toThrow(
      /more than .* not loaded/,
    );
  });

  it('says what the server answered, or that it did not', async () => {
    await expect(fetchModel(`${origin}/none`, signal, () => {})).rejects.toThrow('answers 404');
    await expect(fetchModel('http://localhost:1/x', signal, () => {})).rejects.toThrow('did not answer');
  });

  it('ends when asked to', async () => {
    const controller = new AbortController();
    const work = fetchModel(
      `${origin}/endless`,
      controller.signal,
      ({ bytes }) => bytes > 0 && controller.abort(),
    );
    await expect(work).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

describe('modelAddressOf', () => {
  const page = (model: string) => `http://localhost:4173/play/?model=${encodeURIComponent(model)}`;

  it('takes https and the page’s own origin, relative to the page', () => {
    expect(modelAddressOf(page('https://example.org/m.safetensors'))).toEqual({
      address: 'https://example.org/m.safetensors',
    });
    expect(modelAddressOf(page('models/digits.safetensors'))).toEqual({
      address: 'http://localhost:4173/play/models/digits.safetensors',
    });
    expect(modelAddressOf('http://localhost:4173/')).toBeNull();
  });

  it('refuses all else, and says why', () => {
    const refused = [
      'http://example.org/m',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:,x',
      'https://a:b@example.org/',
      'https://',
    ];
    for (const address of refused) expect(modelAddressOf(page(address)), address).toHaveProperty('problem');
  });
});
