import type { CDPSession, Page } from '@playwright/test';

/** Bytes of JavaScript objects, and of the array buffers that they hold. */
export interface Heap {
  objects: number;
  buffers: number;
}

/** Measures the heaps of a page and of its engine's worker. */
export class Heaps {
  #session: CDPSession;
  /** Of the worker, which Playwright opens no session to. */
  #worker: string;
  #calls = 0;

  private constructor(session: CDPSession, worker: string) {
    this.#session = session;
    this.#worker = worker;
  }

  /** Of a page whose engine has started. */
  static async of(page: Page): Promise<Heaps> {
    const session = await page.context().newCDPSession(page);
    const found = new Promise<string>((resolve) => {
      session.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, url } }) => {
        if (type === 'worker' && /\/engineWorker-[\w-]+\.js$/.test(url)) resolve(sessionId);
      });
    });
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    return new Heaps(session, await found);
  }

  /** What is held after everything that nobody needs was collected. */
  async collected(): Promise<{ page: Heap; worker: Heap }> {
    // What the first collection finalizes holds more.
    for (let i = 0; i < 2; i++)
      await Promise.all([
        this.#session.send('HeapProfiler.collectGarbage'),
        this.#inWorker('HeapProfiler.collectGarbage'),
      ]);
    return this.now();
  }

  /** What is held now. */
  async now(): Promise<{ page: Heap; worker: Heap }> {
    const [page, worker] = await Promise.all([
      this.#session.send('Runtime.getHeapUsage'),
      this.#inWorker<Usage>('Runtime.getHeapUsage'),
    ]);
    return { page: heapOf(page), worker: heapOf(worker) };
  }

  #inWorker<Result>(method: string): Promise<Result> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      const hear = ({ sessionId, message }: { sessionId: string; message: string }) => {
        const answer = JSON.parse(message);
        if (sessionId !== this.#worker || answer.id !== id) return;
        this.#session.off('Target.receivedMessageFromTarget', hear);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      this.#session.on('Target.receivedMessageFromTarget', hear);
      const message = JSON.stringify({ id, method });
      this.#session.send('Target.sendMessageToTarget', { sessionId: this.#worker, message }).catch(reject);
    });
  }
}

interface Usage {
  usedSize: number;
  backingStorageSize: number;
}

function heapOf({ usedSize, backingStorageSize }: Usage): Heap {
  return { objects: usedSize, buffers: backingStorageSize };
}
