import { type CommandName, endpoints, type WebDriver } from './webDriver';

/** WebDriver over HTTP, as a driver program serves it. */
export class HttpDriver implements WebDriver {
  #session: string;

  constructor(port: number) {
    this.#session = `http://127.0.0.1:${port}/session`;
  }

  async send(command: CommandName, { id, ...parameters }: Record<string, unknown> = {}): Promise<unknown> {
    const [method, path] = endpoints[command];
    const response = await fetch(this.#session + path.replace(':id', String(id)), {
      method,
      ...(method === 'POST' && { body: JSON.stringify(parameters) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${command}: ${value.error}: ${value.message}`);
    if (command === 'NewSession') this.#session += `/${value.sessionId}`;
    return value;
  }
}
