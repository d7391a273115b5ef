import type { PickedFile } from '../../worker/import/protocol';

/** Files of a picker by their paths in the folder that was picked, hidden ones left out. */
export function pickedFiles(files: FileList | readonly File[]): PickedFile[] {
  return Array.from(files, (file) => ({ name: file.webkitRelativePath || file.name, file })).filter(isShown);
}

/** What was dropped: files, and those in folders by their paths. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<PickedFile[]> {
  // Entries are only there until the event is over.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry);
  if (entries.length === 0) return pickedFiles(files);
  return (await Promise.all(entries.map(filesOf))).flat().filter(isShown);
}

/** The addresses of links that were dropped, one a line; empty where files were, as with a picture of another page. */
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

function isShown({ name }: PickedFile): boolean {
  return !/(^|\/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)/i.test(name);
}
