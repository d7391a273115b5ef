import { hasImageSuffix } from '../images/imageFile';
import { ImportError, type LeftOut, leftOutBy, limits } from '../pixels';
import type { SourceFile, Spool } from './byteSource';
import { withoutDuplicates } from './duplicates';
import { idxHeader } from './idxHeader';
import { gunzip } from './inflate';
import { HEAD, type Kind, kindOf, strangenessOf } from './kind';
import { tarMembers } from './tar';
import { zipMembers } from './zip';

/** Archives within archives within …: more than this is meant to harm. */
const DEEPEST = 5;

/** A file that is no archive, with its kind by its first bytes. */
export interface Opened {
  file: SourceFile;
  kind: Kind;
  head: Uint8Array;
}

/**
 * All files of files: archives (.zip, .npz, .tar, gzip, one in another) are opened whatever they are called. Hidden files, and
 * those that come twice, are left out by name; so is what cannot be opened.
 */
export async function expand(
  files: readonly SourceFile[],
  newSpool: () => Spool,
  leftOut: LeftOut[],
): Promise<Opened[]> {
  const plain: SourceFile[] = [];
  const kinds = new Map<SourceFile, Pick<Opened, 'kind' | 'head'>>();
  const open = async (file: SourceFile, depth: number): Promise<void> => {
    if (plain.length >= limits.files)
      throw new ImportError(`These are more than ${limits.files.toLocaleString('en')} files: take fewer.`);
    const hidden = hiddenReason(file.name);
    if (hidden !== null) return void leftOut.push({ name: file.name, reason: hidden });
    if (file.size === 0) return void leftOut.push({ name: file.name, reason: 'is empty' });
    // Tens of thousands of images are not opened twice.
    if (hasImageSuffix(file.name)) {
      kinds.set(file, { kind: 'image', head: new Uint8Array() });
      return void plain.push(file);
    }
    try {
      const head = (await file.read(0, HEAD)).slice();
      const kind = kindOf(head, file.size);
      if (kind !== 'zip' && kind !== 'gzip' && kind !== 'tar') {
        kinds.set(file, { kind, head });
        return void plain.push(file);
      }
      if (depth >= DEEPEST) throw new ImportError(`${file.name} is in too many archives: unpack it first.`);
      for (const member of await membersOf(file, kind, newSpool)) await open(member, depth + 1);
    } catch (error) {
      leftOut.push(leftOutBy(error, file.name));
    }
  };
  for (const file of files) await open(file, 0);
  const once = await withoutDuplicates(plain, leftOut);
  return once.map((file) => ({ file, ...(kinds.get(file) as Pick<Opened, 'kind' | 'head'>) }));
}

async function membersOf(
  file: SourceFile,
  kind: 'zip' | 'gzip' | 'tar',
  newSpool: () => Spool,
): Promise<SourceFile[]> {
  if (kind === 'tar') return tarMembers(file);
  if (kind === 'gzip') {
    const name = file.name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
    return [{ ...(await gunzip(file.name, file, newSpool())), name }];
  }
  const members = await zipMembers(file, newSpool);
  const isModel = members.some(({ name }) => /\/data\.pkl$/.test(name));
  if (isModel) throw new ImportError(`${file.name} is a PyTorch file: a model, not images.`);
  return members;
}

function hiddenReason(path: string): string | null {
  const parts = path.split('/');
  const isHidden = parts.some(
    (part) => (part.startsWith('.') && part !== '.' && part !== '..') || part === '__MACOSX',
  );
  const isOfSystem = /^(thumbs\.db|desktop\.ini|icon\r)$/i.test(parts.at(-1) as string);
  return isHidden || isOfSystem ? 'is a hidden file of the system' : null;
}

/** Why a file of a kind that is not read was left out. */
export function reasonOf({ kind, head, file }: Opened): string {
  if (kind === 'svg') return 'is an SVG drawing, which is not read: export it as PNG';
  return strangenessOf(head) ?? idxHeader(head, file.size)?.damage ?? 'is none of the kinds that are read';
}
