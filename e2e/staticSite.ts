import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv from 'sirv';
import { writeServiceWorker } from '../tools/site/serviceWorkerFile';

/** The built site below a path of a plain static server that sends no header of its own. */
export class StaticSite {
  readonly address: string;
  readonly #folder: string;
  readonly #stop: () => Promise<void>;

  private constructor(address: string, folder: string, stop: () => Promise<void>) {
    this.address = address;
    this.#folder = folder;
    this.#stop = stop;
  }

  /** `answers` stand beside the site's files, by their names. */
  static async start(
    path = '/some/folder/',
    answers: Record<string, (response: ServerResponse) => unknown> = {},
  ): Promise<StaticSite> {
    const folder = await mkdtemp(join(tmpdir(), 'ddpm-site-'));
    await cp('dist', folder, { recursive: true });
    const serve = sirv(folder, { dev: true });
    const server = createServer((request, response) => {
      if (!request.url?.startsWith(path)) return void response.writeHead(404).end();
      request.url = request.url.slice(path.length - 1);
      const answer = answers[request.url.slice(1)];
      if (answer) return void answer(response);
      serve(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    return new StaticSite(`http://localhost:${port}${path}`, folder, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** Puts another version in its place, whose page has the title given. */
  async publish(title: string): Promise<void> {
    const page = join(this.#folder, 'index.html');
    const html = await readFile(page, 'utf8');
    await writeFile(page, html.replace('<html lang="en"', `<html lang="en" data-published="${title}"`));
    await writeServiceWorker(this.#folder);
  }

  /** From here on nobody answers. */
  async stop(): Promise<void> {
    await this.#stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
