import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FetchProgress, type FetchWish, fetchFile } from './fetchFile';

let server: Server;
let origin: string;
let asked: Record<string, unknown>;
let breakOff = () => {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked = request.headers;
    if (request.url === '/file') response.writeHead(200, { 'Content-Length': 5 }).end('abcde');
    else if (request.url === '/large') response.writeHead(200, { 'Content-Length': 2e9 }).write('a');
    else if (request.url === '/cut') {
      response.writeHead(200, { 'Content-Length': 5000 }).write(Buffer.alloc(2048));
      breakOff = () => response.destroy();
    } else if (request.url === '/stalls') response.writeHead(200).write('a');
    else if (request.url === '/silent') return;
    else if (request.url === '/page') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>');
    else if (request.url === '/hidden-page') response.writeHead(200).end('\n<!DOCTYPE html><p>Log in');
    else if (request.url === '/moved') response.writeHead(302, { Location: '/file' }).end();
    else if (request.url === '/astray') response.writeHead(302, { Location: 'http://localhost:1/' }).end();
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
const wish: FetchWish = { limit: 1e6, limitReason: 'nobody needs that', instead: 'Bring it yourself.' };
const fetched = (path: string, changes: Partial<FetchWish> = {}) =>
  fetchFile(`${origin}/${path}`, signal, () => {}, { ...wish, ...changes });

describe('fetchFile', () => {
  it('brings the bytes, tells how far it is, and says nothing of the page', async () => {
    const told: FetchProgress[] = [];
    const file = await fetchFile(`${origin}/file`, signal, (progress) => told.push(progress), wish);
    expect(await file.text()).toBe('abcde');
    expect(told.at(0)).toEqual({ bytes: 0, total: 5 });
    expect(told.at(-1)).toEqual({ bytes: 5, total: 5 });
    expect(asked).not.toHaveProperty('referer');
    expect(asked).not.toHaveProperty('cookie');
  });

  it('says why nobody answers where no page asks', async () => {
    const refused = fetchFile('http://localhost:1/a', signal, () => {}, { ...wish, outsidePage: true });
    await expect(refused).rejects.toThrow(
      /^localhost:1 did not answer \(.+\)\. Check the address\. Bring it yourself\.$/,
    );
  });

  it.each([
    ['is too large', 'large', /more than 977 KB: nobody needs that, so it is not loaded/],
    ['has no end', 'endless', /more than 977 KB: nobody needs that, so it is not loaded/],
    ['is not there', 'none', /localhost:\d+ answers 404 instead of the file\. Check the address/],
    ['is a web page', 'page', /answers with a web page instead of the file/],
    ['is a web page by its content', 'hidden-page', /answers with a web page instead of the file/],
    ['leads astray', 'astray', /sends the request on to an address that this page may not read.*Bring it/],
  ])('refuses what %s, and says what to do', async (_, path, message) => {
    await expect(fetched(path)).rejects.toThrow(message);
  });

  it('refuses what breaks off, and says how much had come', async () => {
    const work = fetchFile(`${origin}/cut`, signal, ({ bytes }) => bytes === 2048 && breakOff(), wish);
    await expect(work).rejects.toThrow(/broke off after 2 KB\. Try again/);
  });

  it('follows where it is sent on', async () => {
    expect(await (await fetched('moved')).text()).toBe('abcde');
  });

  it.each(['stalls', 'silent'])('gives up on a server that %s', async (path) => {
    await expect(fetched(path, { patience: 200 })).rejects.toThrow('has sent nothing for a while. Try again');
  });

  it('says that nobody answered, and what to do instead', async () => {
    await expect(fetchFile('http://localhost:1/x', signal, () => {}, wish)).rejects.toThrow(
      /did not answer, or does not allow other pages .*CORS.* Bring it yourself\.$/,
    );
  });

  it('ends when asked to', async () => {
    const controller = new AbortController();
    const work = fetchFile(
      `${origin}/endless`,
      controller.signal,
      ({ bytes }) => bytes > 0 && controller.abort(),
      { ...wish, limit: 1e9 },
    );
    await expect(work).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
