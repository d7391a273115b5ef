import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'fflate';
import { formatIdx } from '../src/engine/data/idx';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const allowed = { 'Access-Control-Allow-Origin': '*' };
const stripes = (count: number) =>
  Uint8Array.from({ length: count * 144 }, (_, i) => (i % 24 < 12 ? 220 : 20));
const images = gzipSync(formatIdx({ shape: [40, 12, 12], values: stripes(40) }));
const labels = gzipSync(formatIdx({ shape: [40], values: Uint8Array.from({ length: 40 }, (_, i) => i % 4) }));

const parquet = readFileSync(
  new URL(
    '../src/engine/data/import/testing/realFiles/parquet/train-00000-of-00001.parquet',
    import.meta.url,
  ),
);

/** By path: sound files, and all that can be wrong with an answer. */
const answers: Record<string, Answer> = {
  '/train-images-idx3-ubyte.gz': (response) => response.writeHead(200, allowed).end(images),
  '/train-labels-idx1-ubyte.gz': (response) => response.writeHead(200, allowed).end(labels),
  '/train-00000-of-00001.parquet': (response) => response.writeHead(200, allowed).end(parquet),
  '/not-allowed.zip': (response) => response.writeHead(200).end('PK'),
  '/page.zip': (response) =>
    response.writeHead(200, { ...allowed, 'Content-Type': 'text/html' }).end('<!doctype html><p>Log in'),
  '/large.zip': (response) =>
    response.writeHead(200, { ...allowed, 'Content-Length': 600 * 2 ** 20 }).write('PK'),
  '/moved.gz': (response) =>
    response.writeHead(302, { ...allowed, Location: '/train-images-idx3-ubyte.gz' }).end(),
  '/astray.zip': (response) =>
    response.writeHead(302, { ...allowed, Location: 'http://example.org/a.zip' }).end(),
  '/cut.zip': (response) => {
    response.writeHead(200, { ...allowed, 'Content-Length': 50_000 }).write(Buffer.alloc(20_480));
    setTimeout(() => response.destroy(), 300);
  },
  '/endless.zip': (response) => {
    response.writeHead(200, allowed);
    const more = () => {
      if (!response.destroyed) response.write(Buffer.alloc(2 ** 16), () => setTimeout(more, 20));
    };
    more();
  },
};

/** A server elsewhere, which may allow the page to read its files or not, and may do anything else. */
export class DataServer {
  readonly address: string;
  /** The paths that were asked for, with the headers of each. */
  readonly asked: { path: string; headers: IncomingMessage['headers'] }[];
  readonly stop: () => Promise<void>;

  private constructor(address: string, asked: DataServer['asked'], stop: () => Promise<void>) {
    this.address = address;
    this.asked = asked;
    this.stop = stop;
  }

  static async start(): Promise<DataServer> {
    const asked: DataServer['asked'] = [];
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push({ path, headers: request.headers });
      const answer = answers[path];
      if (answer) answer(response, request);
      else response.writeHead(404, allowed).end();
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    return new DataServer(`http://localhost:${port}`, asked, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }
}
