import { formatBytes } from '../formatBytes';

export interface FetchProgress {
  bytes: number;
  /** Null where the server does not say. */
  total: number | null;
}

/** What is wanted, for the messages: which limit it has, and what the user can do in place of fetching it. */
export interface FetchWish {
  /** Bytes; what is larger, or has no end, is cut off there. */
  limit: number;
  /** Why nothing larger is wanted: 'no model of this page is that large'. */
  limitReason: string;
  /** A sentence: 'Download the file and drop it here.' */
  instead: string;
  /** Milliseconds without a byte after which it is given up; half a minute by default. */
  patience?: number;
  /** No page asks, so no server forbids it (CORS), and the reason is known where none answers. */
  outsidePage?: true;
}

/**
 * A file elsewhere, without cookies and without saying where the page is. `tell` hears how far it is. Rejects with a message for
 * the user, which says what was wrong and what to do, or with an AbortError where `signal` ends it.
 */
export async function fetchFile(
  address: string,
  signal: AbortSignal,
  tell: (progress: FetchProgress) => void,
  wish: FetchWish,
): Promise<Blob> {
  const { host } = new URL(address);
  const patience = patient(signal, wish.patience ?? 30_000);
  let bytes = 0;
  let connected = false;
  try {
    const response = await fetch(address, { signal: patience.signal, ...discreet });
    connected = true;
    const total = announcedBytes(response);
    await check(response, host, total, wish);
    const reader = response.body?.getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    tell({ bytes, total });
    for (;;) {
      patience.renew();
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || !value) break;
      bytes += value.length;
      if (bytes > wish.limit) {
        await reader?.cancel();
        throw tooLarge(host, wish);
      }
      parts.push(value as Uint8Array<ArrayBuffer>);
      // What is compressed on the way is larger than what was announced.
      tell({ bytes, total: total !== null && bytes > total ? null : total });
    }
    const file = new Blob(parts);
    if (await looksLikePage(file)) throw aPage(host);
    return file;
  } catch (error) {
    if (signal.aborted) throw new DOMException('Ended.', 'AbortError');
    if (patience.signal.aborted)
      throw new Error(`${host} has sent nothing for a while. Try again, or later. ${wish.instead}`);
    if (error instanceof FetchRefusal) throw error;
    if (connected)
      throw new Error(`The connection to ${host} broke off after ${formatBytes(bytes)}. Try again.`);
    if (wish.outsidePage)
      throw new Error(`${host} did not answer (${reasonOf(error)}). Check the address. ${wish.instead}`);
    throw await unanswered(address, host, signal, wish);
  } finally {
    patience.end();
  }
}

const discreet = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const;

/** What was fetched, but is not taken. */
class FetchRefusal extends Error {}

/** Of what is sent, which is less where it is compressed on the way; null where that is not known. */
function announcedBytes({ headers }: Response): number | null {
  const announced = Number(headers.get('Content-Length') ?? Number.NaN);
  return Number.isFinite(announced) && headers.get('Content-Encoding') === null ? announced : null;
}

/** Refuses, before its content is read, an answer that is no file. */
async function check(response: Response, host: string, total: number | null, wish: FetchWish) {
  const refuse = async (refusal: Error) => {
    await response.body?.cancel();
    throw refusal;
  };
  if (!response.ok)
    await refuse(
      new FetchRefusal(`${host} answers ${response.status} instead of the file. Check the address.`),
    );
  if (/^text\/html\b/i.test(response.headers.get('Content-Type') ?? '')) await refuse(aPage(host));
  if (total !== null && total > wish.limit) await refuse(tooLarge(host, wish));
}

function tooLarge(host: string, { limit, limitReason }: FetchWish): Error {
  return new FetchRefusal(
    `The file at ${host} has more than ${formatBytes(limit)}: ${limitReason}, so it is not loaded.`,
  );
}

function aPage(host: string): Error {
  return new FetchRefusal(
    `${host} answers with a web page instead of the file. Open it, and copy the address of the download itself.`,
  );
}

async function looksLikePage(file: Blob): Promise<boolean> {
  return /^\s*<(!doctype html|html)\b/i.test(await file.slice(0, 256).text());
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
}

/** A page is not told why there is no answer; whether it was a redirection can be asked. */
async function unanswered(
  address: string,
  host: string,
  signal: AbortSignal,
  { instead }: FetchWish,
): Promise<Error> {
  const redirected = await fetch(address, { signal, redirect: 'manual', ...discreet }).then(
    ({ type, status }) => type === 'opaqueredirect' || (status >= 300 && status < 400),
    () => false,
  );
  if (redirected)
    return new Error(
      `${host} sends the request on to an address that this page may not read. Open the address in another tab, and copy the one ` +
        `where the file comes from. ${instead}`,
    );
  return new Error(
    `${host} did not answer, or does not allow other pages to read its files (CORS: it must send Access-Control-Allow-Origin). ${instead}`,
  );
}

/** A signal that ends with another, or when nothing has renewed it for too long. */
function patient(signal: AbortSignal, milliseconds: number) {
  const controller = new AbortController();
  const end = () => controller.abort();
  let timer = setTimeout(end, milliseconds);
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  return {
    signal: controller.signal,
    renew() {
      clearTimeout(timer);
      timer = setTimeout(end, milliseconds);
    },
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    },
  };
}
