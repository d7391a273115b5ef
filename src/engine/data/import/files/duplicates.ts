import { withoutArchiveSuffix } from '../names';
import type { LeftOut } from '../pixels';
import { chunksOf, type SourceFile } from './byteSource';

/**
 * Leaves out files that come twice, as a file beside what it was unpacked from (x and x.gz, x and x.zip) or within a folder of
 * its own name (x and x/x): their paths are the same but for that, and so are all their bytes.
 */
export async function withoutDuplicates(
  files: readonly SourceFile[],
  leftOut: LeftOut[],
): Promise<SourceFile[]> {
  const first = new Map<string, SourceFile>();
  const kept: SourceFile[] = [];
  for (const file of files) {
    const keys = keysOf(file.name).map((key) => `${file.size} ${key}`);
    const earlier = keys.map((key) => first.get(key)).find((other) => other !== undefined);
    if (earlier && (await areEqual(earlier, file))) {
      leftOut.push({ name: file.name, reason: `is the same as ${earlier.name}` });
      continue;
    }
    for (const key of keys) if (!first.has(key)) first.set(key, file);
    kept.push(file);
  }
  return kept;
}

/** The path without repeated folders, and without those that stand for archives. */
function keysOf(path: string): string[] {
  const plain = (part: string) =>
    withoutArchiveSuffix(part)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-');
  const parts = path.split('/');
  const whole = parts.map(plain);
  const outside = parts
    .filter((part, i) => i === parts.length - 1 || withoutArchiveSuffix(part) === part)
    .map(plain);
  return [...new Set([whole, outside].map((one) => one.filter((part, i) => part !== one[i - 1]).join('/')))];
}

async function areEqual(a: SourceFile, b: SourceFile): Promise<boolean> {
  const others = chunksOf(b);
  for await (const chunk of chunksOf(a)) {
    const { value } = await others.next();
    if (!value || value.length !== chunk.length || chunk.some((byte, i) => byte !== value[i])) return false;
  }
  return true;
}
