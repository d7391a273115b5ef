import { Presets, SingleBar } from 'cli-progress';
import { type AddressesProgress, addressesOf, fetchAddresses } from '../src/engine/files/addresses';
import type { PickedFile } from '../src/engine/files/pickedFile';
import { formatBytes } from '../src/engine/formatBytes';
import { CommandError } from './errors';

/** Whether a text names data by address, not by path. */
export function isAddress(text: string): boolean {
  return /^\s*[a-z][a-z\d+.-]+:\/\//i.test(text);
}

/**
 * The files at addresses that are separated by white space, as the page fetches them: by https, or http from this machine, all of
 * them or none. Shows on stderr how far it is. Throws CommandError.
 */
export async function fetchedFiles(text: string): Promise<PickedFile[]> {
  // No page has this address, so nothing counts as a file beside it.
  const asked = addressesOf(text, 'about:blank');
  if ('problem' in asked) throw new CommandError(asked.problem);
  const bar = new SingleBar(
    { format: 'Fetching {bar} {note}', barsize: 24, noTTYOutput: true, notTTYSchedule: 5000 },
    Presets.shades_classic,
  );
  const tell = ({ bytes, total, files, filesDone }: AddressesProgress) => {
    if (total) bar.setTotal(total);
    const size = total ? `${formatBytes(bytes)} of ${formatBytes(total)}` : formatBytes(bytes);
    bar.update(bytes, { note: `${size}${files > 1 ? `, ${filesDone} of ${files} files` : ''}` });
  };
  bar.start(Number.POSITIVE_INFINITY, 0, { note: '' });
  try {
    const wish = { instead: 'Or download the file and give its path to --data.', outsidePage: true } as const;
    const { signal } = new AbortController();
    return await fetchAddresses(asked.addresses, signal, tell, new Map(), wish);
  } catch (error) {
    throw new CommandError((error as Error).message);
  } finally {
    bar.stop();
  }
}
