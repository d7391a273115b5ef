import { limits } from '../data/import/pixels';
import { messageOf } from '../messageOf';
import { fetchableAddress } from './fetchableAddress';
import { type FetchWish, fetchFile } from './fetchFile';
import type { PickedFile } from './pickedFile';

/** Addresses that are fetched at once, at most. */
const mostAddresses = 1000;
const parallel = 4;

const limitReason = `${limits.bytes / 2 ** 20} MB are as much as is taken at a time`;
const ofPage = {
  instead: 'Open the address in another tab: if the file comes, download it and drop it here.',
};

export interface AddressesProgress {
  bytes: number;
  /** Null where a server does not say, or has not yet. */
  total: number | null;
  files: number;
  filesDone: number;
}

/** Addresses of data that others have published; nothing is asked of them before the user wants it. */
export const publishedAddresses = [
  {
    title: 'MNIST, 60,000 digits (9.5 MB)',
    name: 'MNIST',
    addresses: mnist('train'),
  },
  {
    title: 'MNIST, its 10,000 for tests (1.6 MB)',
    name: 'MNIST, tests',
    addresses: mnist('t10k'),
  },
] as const;

/** GitHub lets every page read its raw files, which the mirrors of the tutorials do not promise. */
function mnist(part: string): string {
  return ['images-idx3', 'labels-idx1']
    .map((kind) => `https://raw.githubusercontent.com/fgnt/mnist/master/${part}-${kind}-ubyte.gz`)
    .join('\n');
}

/** The addresses of a text, separated by white space, absolute; or a sentence for the first that may not be fetched. */
export function addressesOf(text: string, page: string): { addresses: string[] } | { problem: string } {
  const asked = [...new Set(text.split(/\s+/).filter(Boolean))];
  if (asked.length > mostAddresses)
    return {
      problem: `These are ${asked.length} addresses, more than ${mostAddresses}: take fewer, or a .zip.`,
    };
  const addresses: string[] = [];
  for (const one of asked) {
    const found = fetchableAddress(one, page, true);
    if ('problem' in found) return { problem: `“${one}” ${found.problem}` };
    addresses.push(found.address);
  }
  return { addresses };
}

/**
 * The files at addresses, by their paths below what all have in common, so that folders are classes as on a disk. What `kept` has
 * of them is not fetched again, and it keeps what comes; `wish` is who asks. Rejects with a sentence for each that failed, or an AbortError.
 */
export async function fetchAddresses(
  addresses: readonly string[],
  signal: AbortSignal,
  tell: (progress: AddressesProgress) => void,
  kept = new Map<string, Blob>(),
  wish: Pick<FetchWish, 'instead' | 'outsidePage'> = ofPage,
): Promise<PickedFile[]> {
  const loaded = new Map<string, { bytes: number; total: number | null }>();
  const problems: string[] = [];
  const left = addresses.filter((address) => !kept.has(address));
  const keptBytes = () => addresses.reduce((sum, address) => sum + (kept.get(address)?.size ?? 0), 0);
  const report = () => {
    const running = [...loaded.values()];
    const done = keptBytes();
    const known = running.length === left.length - finished;
    tell({
      bytes: running.reduce((sum, { bytes }) => sum + bytes, done),
      total: known
        ? running.reduce<number | null>(
            (sum, { total }) => (sum === null || total === null ? null : sum + total),
            done,
          )
        : null,
      files: addresses.length,
      filesDone: addresses.length - left.length + finished,
    });
  };
  let finished = 0;
  const queue = [...left];
  report();
  async function work(): Promise<void> {
    for (let address = queue.shift(); address !== undefined && !signal.aborted; address = queue.shift()) {
      const current = address;
      const hear = (progress: { bytes: number; total: number | null }) => {
        loaded.set(current, progress);
        report();
      };
      try {
        const file = await fetchFile(current, signal, hear, {
          ...wish,
          limit: limits.bytes - keptBytes(),
          limitReason,
        });
        kept.set(current, file);
      } catch (error) {
        if (signal.aborted) throw error;
        problems.push(addresses.length > 1 ? `${lastPart(current)}: ${messageOf(error)}` : messageOf(error));
      }
      loaded.delete(current);
      finished++;
      report();
    }
  }
  await Promise.all(Array.from({ length: parallel }, work));
  if (signal.aborted) throw new DOMException('Ended.', 'AbortError');
  if (problems.length > 0) {
    const sentences = problems.slice(0, 3);
    if (problems.length > 3) sentences.push(`And ${problems.length - 3} more.`);
    if (addresses.length > 1) sentences.push('Nothing was added.');
    throw new Error(sentences.join('\n'));
  }
  const names = namesOf(addresses);
  return addresses.map((address, index) => ({
    name: names[index] as string,
    file: kept.get(address) as Blob,
  }));
}

/** Paths below the folder that all addresses share. */
function namesOf(addresses: readonly string[]): string[] {
  const paths = addresses.map((address) => {
    const { host, pathname } = new URL(address);
    return [host, ...decoded(pathname).split('/').slice(1)];
  });
  const [first = []] = paths;
  let shared = 0;
  while (paths.every((path) => shared < path.length - 1 && path[shared] === first[shared])) shared++;
  return paths.map((path) => path.slice(shared).join('/') || 'file');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function lastPart(address: string): string {
  return new URL(address).pathname.split('/').at(-1) || address;
}
