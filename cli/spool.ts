import { closeSync, openSync, read, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memorySpool, type Spool } from '../src/engine/data/import/files/byteSource';

/** Less than this stays in memory. */
const SMALL = 16 * 2 ** 20;

const readPart = promisify(read);
/** Temporary files by their descriptors. */
const open = new Map<number, string>();

/** Unpacked bytes: a few in memory, many in a file of the system's temporary folder, which is gone when the program ends. */
export function newSpool(): Spool {
  let held: Uint8Array[] = [];
  let size = 0;
  let file: number | null = null;
  return {
    write(chunk) {
      size += chunk.length;
      held.push(chunk);
      if (size < SMALL) return;
      file ??= temporaryFile();
      for (const one of held) writeSync(file, one);
      held = [];
    },
    async end() {
      if (file === null) {
        const memory = memorySpool();
        for (const chunk of held) await memory.write(chunk);
        return memory.end();
      }
      const descriptor = file;
      return {
        size,
        async read(from, to) {
          const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
          await readPart(descriptor, bytes, 0, bytes.length, from);
          return bytes;
        },
      };
    },
  };
}

function temporaryFile(): number {
  if (open.size === 0) process.once('exit', removeAll);
  const path = join(tmpdir(), `ddpm-${process.pid}-${open.size}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  open.set(descriptor, path);
  return descriptor;
}

function removeAll(): void {
  for (const [descriptor, path] of open) {
    closeSync(descriptor);
    unlinkSync(path);
  }
}
