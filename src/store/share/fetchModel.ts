import { fetchableAddress } from '../../engine/files/fetchableAddress';
import { type FetchWish, fetchFile } from '../../engine/files/fetchFile';

const wish: FetchWish = {
  // Well above the largest model that the page trains.
  limit: 512 * 2 ** 20,
  limitReason: 'no model of this page is that large',
  instead: 'Download the file and open it under Models.',
};

/** The address in `?model=`, absolute; a problem for the user where it may not be fetched; null where none is asked for. */
export function modelAddressOf(page: string): { address: string } | { problem: string } | null {
  const asked = new URL(page).searchParams.get('model');
  if (asked === null) return null;
  const found = fetchableAddress(asked, page, false);
  return 'problem' in found ? { problem: `The model of the link, “${asked}”, ${found.problem}` } : found;
}

/** A model elsewhere, as fetchFile has it. */
export function fetchModel(address: string, signal: AbortSignal, tell: Parameters<typeof fetchFile>[2]) {
  return fetchFile(address, signal, tell, wish);
}
