import { expect, it } from 'vitest';
import { droppedFiles, droppedLinks, pickedFiles } from './pickedFiles';

const file = (name: string, path = '') =>
  Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: path });

/** An entry as browsers give it: a folder is read in parts, and ends with an empty one. */
function entry(path: string, parts?: object[][]): object {
  if (!parts)
    return {
      isFile: true,
      fullPath: path,
      file: (take: (file: File) => void) => take(file(path.replace(/^.*\//, ''))),
    };
  const left = [...parts, []];
  return {
    isFile: false,
    fullPath: path,
    createReader: () => ({ readEntries: (take: (part: object[]) => void) => take(left.shift() ?? []) }),
  };
}
const transfer = (...entries: (object | null)[]) =>
  ({
    items: entries.map((one) => ({ webkitGetAsEntry: () => one })),
    files: [file('plain.png')],
  }) as unknown as DataTransfer;

it('dropped folders are read to the end, however deep, by their paths', async () => {
  const pets = entry('/pets', [
    [entry('/pets/cats', [[entry('/pets/cats/1.png')], [entry('/pets/cats/2.png')]])],
    [entry('/pets/.DS_Store'), entry('/pets/dogs', [[entry('/pets/dogs/3.png')]])],
  ]);
  const names = (await droppedFiles(transfer(pets, entry('/alone.zip')))).map(({ name }) => name);
  expect(names.sort()).toEqual([
    'alone.zip',
    'pets/.DS_Store',
    'pets/cats/1.png',
    'pets/cats/2.png',
    'pets/dogs/3.png',
  ]);
});

it('without entries the dropped files are taken as they are', async () => {
  expect((await droppedFiles(transfer(null))).map(({ name }) => name)).toEqual(['plain.png']);
});

it('picked folders keep their paths, hidden files too: the import names what it leaves out', () => {
  const files = [file('1.png', 'cats/1.png'), file('Thumbs.db', 'cats/Thumbs.db'), file('.x', 'cats/.x')];
  expect(pickedFiles(files).map(({ name }) => name)).toEqual(['cats/1.png', 'cats/Thumbs.db', 'cats/.x']);
});

it('links that are dropped are their addresses without remarks; a file that comes along goes before them', () => {
  const list = '# a remark\r\nhttps://a.org/1.zip\r\n\r\nhttps://a.org/2.zip\r\n';
  const dropped = (...files: File[]) =>
    ({ files, getData: (type: string) => (type === 'text/uri-list' ? list : '') }) as unknown as DataTransfer;
  expect(droppedLinks(dropped())).toBe('https://a.org/1.zip\nhttps://a.org/2.zip');
  expect(droppedLinks(dropped(file('1.png')))).toBe('');
});
