import { unzipSync } from 'fflate';
import { quoted } from '../header';
import { type PickleEnvironment, readPickle } from './pickle';
import { TorchFileError } from './pickleValues';
import type { TorchContents } from './torchContents';

/** DEFLATE makes at most 258 bytes of two bits; torch.save compresses nothing, but other programs zip anew. */
const LARGEST_RATIO = 1032;
const MOST_MEMBERS = 1e6;
const LARGEST_PICKLE = 256 * 2 ** 20;

/** Whether a file begins as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** What torch.save has written since version 1.6: an archive with a pickle, and a member for each storage. */
export function readTorchZip(bytes: Uint8Array, environment: PickleEnvironment): TorchContents {
  const sizes = new Map<string, number>();
  unzip(bytes, ({ name, originalSize }) => {
    sizes.set(name, originalSize);
    return false;
  });
  const pickle = [...sizes.keys()].find((name) => /^([^/]*\/)?data\.pkl$/.test(name));
  if (pickle === undefined)
    throw new TorchFileError("It is a zip archive without a 'data.pkl', so not a file of torch.save.");
  if ((sizes.get(pickle) as number) > LARGEST_PICKLE)
    throw new TorchFileError(
      `Its pickle takes ${sizes.get(pickle)} bytes; at most ${LARGEST_PICKLE} are read.`,
    );
  const folder = pickle.slice(0, -'data.pkl'.length);
  const order = `${folder}byteorder`;
  const texts = unzip(
    bytes,
    ({ name, originalSize }) => name === pickle || (name === order && originalSize < 16),
  );
  const endianness = texts[order] ? new TextDecoder().decode(texts[order]).trim() : 'little';
  if (endianness !== 'little' && endianness !== 'big')
    throw new TorchFileError(`Its byte order is ${quoted(endianness)}, but must be 'little' or 'big'.`);

  return {
    root: readPickle(texts[pickle] as Uint8Array, environment).value,
    swapped: endianness === 'big',
    records(needed) {
      const names = new Map([...needed.keys()].map((key) => [`${folder}data/${key}`, key]));
      const refuse = (name: string, size: number | undefined) => {
        const expected = needed.get(names.get(name) as string);
        const what = size === undefined ? 'is missing' : `has ${size} bytes, but needs ${expected}`;
        return new TorchFileError(`It is damaged: its member ${quoted(name)} ${what}.`);
      };
      for (const [name, key] of names)
        if (sizes.get(name) !== needed.get(key)) throw refuse(name, sizes.get(name));
      const members = unzip(bytes, ({ name }) => names.has(name));
      return new Map(
        [...names].map(([name, key]) => {
          // A member that is not compressed is as long as it lies there, whatever it says to be.
          const member = members[name] as Uint8Array;
          if (member.length !== needed.get(key)) throw refuse(name, member.length);
          return [key, member];
        }),
      );
    },
  };
}

interface Member {
  name: string;
  size: number;
  originalSize: number;
}

/** The members that are wanted, by name. Throws TorchFileError before one takes more than the archive can hold of it. */
function unzip(bytes: Uint8Array, isWanted: (member: Member) => boolean): Record<string, Uint8Array> {
  let count = 0;
  try {
    return unzipSync(bytes, {
      filter: (member) => {
        // The archive says how many there are, and may say anything.
        if (++count > MOST_MEMBERS) throw new TorchFileError(`It has more than ${MOST_MEMBERS} members.`);
        if (!isWanted(member)) return false;
        if (member.size > bytes.length || member.originalSize > LARGEST_RATIO * member.size)
          throw new TorchFileError(`It is damaged: its member ${quoted(member.name)} cannot be that large.`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof TorchFileError) throw error;
    throw new TorchFileError('It is a zip archive that is cut off or damaged.');
  }
}
