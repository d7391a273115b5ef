import { formatBytes } from '../formatBytes';

/** The largest file that is fetched: well above the largest model that the page trains. */
export const largestModelBytes = 512 * 2 ** 20;

export interface FetchProgress {
  bytes: number;
  /** Null where the server does not say. */
  total: number | null;
}

/** The address in `?model=`, absolute; a problem for the user where it may not be fetched; null where none is asked for. */
export function modelAddressOf(page: string): { address: string } | { problem: string } | null {
  const asked = new URL(page).searchParams.get('model');
  if (asked === null) return null;
  if (!URL.canParse(asked, page)) return { problem: `“${asked}” in the link is no address of a model.` };
  const url = new URL(asked, page);
  if (url.protocol !== 'https:' && url.origin !== new URL(page).origin)
    return {
      problem: `The link asks for a model by ${url.protocol.slice(0, -1)}; it may come by https only, or from where this page is.`,
    };
  if (url.username || url.password)
    return { problem: 'The address of the model in the link holds a password, so it is not fetched.' };
  return { address: url.href };
}

/**
 * The bytes of a model elsewhere, without cookies and without saying where the page is. `tell` hears how far it is. Rejects with a
 * message for the user, or with an AbortError where `signal` ends it.
 */
export async function fetchModel(
  address: string,
  signal: AbortSignal,
  tell: (progress: FetchProgress) => void,
  limit = largestModelBytes,
): Promise<Uint8Array> {
  const { host } = new URL(address);
  const response = await ask(address, signal, host);
  if (!response.ok)
    throw new Error(`${host} answers ${response.status} instead of the model. Check the link.`);
  const tooLarge = (bytes: number) =>
    new Error(
      `The file at ${host} has ${bytes > limit ? 'more than ' : ''}${formatBytes(limit)}: no model of this page is that large, so it is not loaded.`,
    );
  // Of what is sent, which is less where it is compressed on the way.
  const announced = Number(response.headers.get('Content-Length') ?? Number.NaN);
  const plain = response.headers.get('Content-Encoding') === null;
  const total = Number.isFinite(announced) && plain ? announced : null;
  if (total !== null && total > limit) {
    await response.body?.cancel();
    throw tooLarge(total);
  }
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  tell({ bytes, total });
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    bytes += value.length;
    if (bytes > limit) {
      await reader?.cancel();
      throw tooLarge(bytes);
    }
    parts.push(value);
    tell({ bytes, total });
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function ask(address: string, signal: AbortSignal, host: string): Promise<Response> {
  try {
    return await fetch(address, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Error(
      `${host} did not answer, or does not allow other pages to read its files (it must send Access-Control-Allow-Origin). Download the file and open it under Models.`,
    );
  }
}
