import type { PickedFile } from '../../engine/files/pickedFile';

/** Endings of files that are no images. */
export const otherSuffixes =
  '.zip .tar .tgz .gz .csv .tsv .txt .json .jsonl .npy .npz .idx .ubyte .bin .parquet'.split(' ');

/** Files of a picker by their paths in the folder that was picked. */
export function pickedFiles(files: FileList | readonly File[]): PickedFile[] {
  return Array.from(files, (file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/** What was dropped: files, and those in folders by their paths. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<PickedFile[]> {
  // Entries are only there until the event is over.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry);
  if (entries.length === 0) return pickedFiles(files);
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** The addresses of links that were dropped, one a line; empty where files were, as with an image of another page. */
export function droppedLinks(transfer: DataTransfer): string {
  if (transfer.files.length > 0) return '';
  const lines = transfer.getData('text/uri-list').split(/[\r\n]+/);
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n');
}

async function filesOf(entry: FileSystemEntry): Promise<PickedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ name: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesOf))).flat();
}
