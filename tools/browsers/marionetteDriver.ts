import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { CommandName, WebDriver } from './webDriver';

/** [1, id of the command, error, result] */
type Answer = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown];

/**
 * WebDriver by Firefox's own protocol, Marionette, to which geckodriver translates: each message is its length in bytes, a
 * colon, and JSON.
 */
export class MarionetteDriver implements WebDriver {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #received = Buffer.alloc(0);
  #commands = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
  }

  static async connect(port: number): Promise<MarionetteDriver> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new MarionetteDriver(socket);
  }

  async send(command: CommandName, parameters: Record<string, unknown> = {}): Promise<unknown> {
    const id = ++this.#commands;
    const message = JSON.stringify([0, id, `WebDriver:${command}`, parameters]);
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    const [, , error, result] = await answered;
    if (error) throw new Error(`${command}: ${error.error}: ${error.message}`);
    // Most results are a value; that of a new session is not.
    const { value = result } = result as { value?: unknown };
    return value;
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const begin = this.#received.indexOf(':') + 1;
      const end = begin + Number(this.#received.subarray(0, begin - 1));
      if (begin === 0 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(begin, end).toString());
      this.#received = this.#received.subarray(end);
      // Its greeting is no answer.
      if (Array.isArray(message)) this.#waiting.get(message[1])?.(message as Answer);
    }
  }
}
