import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { blobFile, type SourceFile } from '../src/engine/data/import/files/byteSource';
import { type Imported, type ImportOptions, importImages } from '../src/engine/data/import/importImages';
import { ImportError, type LeftOut, sentenceOf } from '../src/engine/data/import/pixels';
import { parseCrop } from './crop';
import { decodeImage } from './decodeImage';
import { CommandError } from './errors';
import { fetchedFiles, isAddress } from './fetchedFiles';
import { cannotBeRead } from './files';
import { Progress } from './progress';
import { newSpool } from './spool';

/** A gigabyte of float32: what a command may hold, where a page has less. */
const MOST_VALUES = 256 * 2 ** 20;
/** Milliseconds of reading before a bar is shown. */
const PATIENCE = 2000;
/** Files that were left out, by name on stderr; the rest is counted. */
const NAMED = 20;

/** Images at a path or at addresses, understood, cropped and brought to one size. Throws UsageError or CommandError. */
export async function importPath(
  path: string,
  crop: string,
  options: Pick<ImportOptions, 'shape' | 'limit'>,
): Promise<Imported> {
  const parsedCrop = parseCrop(crop);
  const files = isAddress(path)
    ? (await fetchedFiles(path)).map(({ name, file }) => blobFile(name, file))
    : await filesAt(path);
  const begin = performance.now();
  let progress: Progress | undefined;
  const tell = (done: number, total: number) => {
    if (performance.now() - begin < PATIENCE) return;
    progress ??= new Progress('Reading', total, done, 'images');
    progress.update(done);
  };
  try {
    return await importImages(
      files,
      { decode: decodeImage, newSpool },
      {
        ...options,
        tell,
        crop: parsedCrop,
        mostValues: MOST_VALUES,
      },
    );
  } catch (error) {
    if (error instanceof ImportError) throw new CommandError(error.message);
    throw error;
  } finally {
    progress?.stop();
  }
}

/** Names on stderr what was left out. */
export function tellLeftOut(leftOut: readonly LeftOut[]): void {
  for (const one of leftOut.slice(0, NAMED)) process.stderr.write(`ddpm: left out: ${sentenceOf(one)}\n`);
  if (leftOut.length > NAMED)
    process.stderr.write(`ddpm: left out: ${(leftOut.length - NAMED).toLocaleString('en')} more.\n`);
}

/** A file, or all files of a folder by their paths in it. */
async function filesAt(path: string): Promise<SourceFile[]> {
  const found = await stat(path).catch((error) => {
    throw cannotBeRead(path, error);
  });
  if (!found.isDirectory()) return [diskFile(path, basename(path), found.size)];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  const files: SourceFile[] = [];
  for (const one of paths.sort()) {
    const entry = await stat(one).catch(() => undefined);
    if (entry?.isFile()) files.push(diskFile(one, relative(path, one).split(sep).join('/'), entry.size));
  }
  if (files.length === 0) throw new CommandError(`${path} is an empty folder.`);
  return files;
}

function diskFile(path: string, name: string, size: number): SourceFile {
  return {
    name,
    size,
    async read(from, to) {
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      try {
        const handle = await open(path);
        try {
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
          return bytes.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw new ImportError(cannotBeRead(name, error).message);
      }
    },
  };
}
