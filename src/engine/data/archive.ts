import { strFromU8, unzipSync } from 'fflate';
import { messageOf } from '../messageOf';
import type { ImageFacts, ImageSource, Images, ReadFile } from './dataset';
import { type ByteArray, parseIdx } from './idx';

/** Members of an archive: images [count, size, size] or [count, size, size, channels], and labels [count]. */
export const imagesMember = 'images.idx';
export const labelsMember = 'labels.idx';

/** Images from a zip of two IDX files in public/data. */
export function archive(fileName: string): ImageSource {
  return async (facts, read) => openArchive(await readFile(fileName, read), fileName, facts);
}

async function readFile(fileName: string, read: ReadFile): Promise<Uint8Array> {
  try {
    return await read(fileName);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`The data file ${fileName} could not be read: ${reason}`, { cause: error });
  }
}

/** Unpacks an archive and holds it to the facts; errors name the file and, where it is known, the member. */
function openArchive(bytes: Uint8Array, fileName: string, facts: ImageFacts): Images {
  const members = unzip(bytes, fileName);
  const { count, imageSize, channels, white, classNames } = facts;
  const size = [imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  const levels = member(members, imagesMember, fileName, [count, ...size]);
  const labels = member(members, labelsMember, fileName, [count]);
  checkHighest(levels, white, `${fileName}: ${imagesMember}`, 'level');
  checkHighest(labels, classNames.length - 1, `${fileName}: ${labelsMember}`, 'label');
  return { levels, labels };
}

function unzip(bytes: Uint8Array, fileName: string): Record<string, Uint8Array> {
  // A host without the file may answer with its start page, which looks like a success.
  if (strFromU8(bytes.subarray(0, 2), true) !== 'PK') {
    throw new Error(
      `The data file ${fileName} is not a zip archive but something else of ${bytes.length} bytes: ` +
        'it may be missing on the server.',
    );
  }
  try {
    return unzipSync(bytes, { filter: ({ name }) => name === imagesMember || name === labelsMember });
  } catch (error) {
    throw new Error(`The data file ${fileName} is cut off or damaged: load it again.`, { cause: error });
  }
}

function member(
  members: Record<string, Uint8Array>,
  name: string,
  fileName: string,
  expected: number[],
): Uint8Array {
  const bytes = members[name];
  if (!bytes) throw new Error(`The data file ${fileName} holds no ${name}.`);
  const { shape, values }: ByteArray = parseIdx(bytes, `${fileName}: ${name}`);
  if (shape.join() !== expected.join()) {
    throw new Error(
      `${fileName}: ${name} is ${shape.join('×')}, but ${expected.join('×')} was expected: ` +
        'the file belongs to another version of this data set.',
    );
  }
  return values;
}

function checkHighest(values: Uint8Array, highest: number, name: string, what: string): void {
  const beyond = values.find((value) => value > highest);
  if (beyond !== undefined)
    throw new Error(`${name} holds the ${what} ${beyond}, but the highest is ${highest}.`);
}
