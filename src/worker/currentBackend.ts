import { type BackendReport, backendTitles } from '../engine/backend/report';
import type { StartBackendOptions, startBackend } from '../engine/backend/start';
import type { Operations } from '../engine/kernels/operations';
import { messageOf } from '../engine/messageOf';
import { BackendHealth } from './backendHealth';
import type { BackendChange } from './protocol';

export type StartBackend = (options: StartBackendOptions) => ReturnType<typeof startBackend>;

export interface Backend {
  operations: Operations;
  report: BackendReport;
  health: BackendHealth;
}

/** What a failure means for the model: the step that it had reached, and the step that it is back at; undefined without a model. */
export interface Recovery {
  reached: number | undefined;
  step: number | undefined;
}

/** Who owns tensors of a backend. */
export interface TensorOwner {
  /** The backend has failed, and its tensors with it. The result is called as soon as another one computes. */
  leave(): () => Recovery;
  /** Another backend has taken its place. */
  tell(change: BackendChange): unknown;
}

interface Known extends Backend {
  /** Once it has failed: what became of it, for the user. */
  recovery?: Promise<string>;
  /** Whether another has taken its place. */
  replaced?: boolean;
}

/** The backend that computes now. Where it fails, the next one that works takes its place. */
export class CurrentBackend {
  #startBackend: StartBackend;
  #owner: TensorOwner;
  #asked: StartBackendOptions['backend'];
  #known: Known | undefined;

  constructor(startBackend: StartBackend, owner: TensorOwner) {
    this.#startBackend = startBackend;
    this.#owner = owner;
  }

  /** Starts the backend that is asked for, or the best that works. */
  start(asked: StartBackendOptions['backend']): Promise<BackendReport> {
    this.#asked = asked;
    return this.#start([]);
  }

  /** Throws where none has started. */
  get started(): Backend {
    return this.#current();
  }

  /** Does `work` with the backend. Errors say what they mean for the user. */
  async computing<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    const backend = this.#current();
    try {
      backend.health.check();
      return await backend.health.guard(work(backend));
    } catch (error) {
      throw await this.#explained(error, backend);
    }
  }

  /** The same, and where the backend fails meanwhile, again with the next one. */
  async persisting<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    for (;;) {
      const backend = this.#current();
      try {
        return await this.computing(work);
      } catch (error) {
        if (!backend.replaced) throw error;
      }
    }
  }

  async #start(without: BackendReport['name'][]): Promise<BackendReport> {
    const health = new BackendHealth();
    const onLost = (reason: string) => health.fail(reason);
    const backend = { ...(await this.#startBackend({ backend: this.#asked, without, onLost })), health };
    this.#known = backend;
    // Even when nothing computes, so that the page knows and the next request need not wait.
    health.failed.catch(() => this.#replace(backend));
    return backend.report;
  }

  #current(): Known {
    if (!this.#known) throw new Error('The engine has not started.');
    return this.#known;
  }

  /** The error with what it means for the user. If the backend failed, the next one that works replaces it. */
  async #explained(error: unknown, backend: Known): Promise<Error> {
    if (await backend.health.isToBlame(error)) return new Error(await this.#replace(backend));
    if (error instanceof Error && error.name === 'OutOfMemoryError') {
      return new Error(
        `${error.message} Take a smaller batch or fewer channels. The model is as it was before this step.`,
      );
    }
    return error instanceof Error ? error : new Error(String(error));
  }

  /** Goes on with another backend, once. Resolves with a message for the user. */
  #replace(backend: Known): Promise<string> {
    backend.recovery ??= this.#recover(backend);
    return backend.recovery;
  }

  async #recover(backend: Known): Promise<string> {
    const stopped = `The GPU stopped (${backend.health.fault})`;
    const comeBack = this.#owner.leave();
    try {
      const report = await this.#start([backend.report.name]);
      const way = comeBack();
      backend.replaced = true;
      const message = `${stopped}. ${recoveryOf(backendTitles[report.name], way)}`;
      this.#owner.tell({ backend: report, step: way.step ?? null, message });
      return message;
    } catch (error) {
      const reason = messageOf(error);
      return `${stopped}, and nothing else works here (${reason}). Reload the page: the model is saved.`;
    }
  }
}

/** What a backend that took the place of another does, for the user. */
function recoveryOf(title: string, { step, reached = 0 }: Recovery): string {
  const retry = 'To try the GPU again, reload the page.';
  if (step === undefined) return `The engine goes on with ${title}. ${retry}`;
  const lost = step < reached ? ` It had taken ${reached.toLocaleString('en')}.` : '';
  return (
    `The model is back as it was at step ${step.toLocaleString('en')}, and the engine goes on with ${title}.${lost} ` +
    retry
  );
}
