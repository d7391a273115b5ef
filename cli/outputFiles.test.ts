import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOutputs, writeBytes } from './outputFiles';
import { temporaryFolder } from './testing/runCli';

const folder = temporaryFolder();
afterAll(folder.remove);

const bytes = new TextEncoder().encode('new');
const text = (name: string) => readFileSync(folder.at(name), 'utf8');
const check = (path: string) => checkOutputs({ '--out': path }, {}, { force: false });
const onLinux = platform() === 'linux';

beforeAll(() => {
  writeFileSync(folder.at('file'), 'old');
  mkdirSync(folder.at('sub'));
  writeFileSync(folder.at('read-only'), 'kept', { mode: 0o444 });
  symlinkSync('circle', folder.at('circle'));
});

describe('an output that cannot be written is refused before the work', () => {
  test.each([
    ['file/model', /file\/model cannot be written: .*a part of its path is no folder/],
    ['none/model', /its folder: there is no such file or folder/],
    ['sub', /it is a folder/],
    ['x'.repeat(256), /its name is too long/],
    ['read-only', /it is read-only/],
    ['circle', /its symbolic links lead in a circle/],
  ])('%s', async (name, message) => {
    const before = readdirSync(folder.at(''));
    await expect(check(folder.at(name))).rejects.toThrow(message);
    // The same of the write itself, where its folder went meanwhile: not the error of the clean-up.
    if (name !== 'read-only') await expect(writeBytes(folder.at(name), bytes)).rejects.toThrow(message);
    expect(readdirSync(folder.at(''))).toEqual(before);
    expect(text('read-only')).toBe('kept');
  });

  test.runIf(onLinux)('a device that is full', async () => {
    await expect(check('/dev/full')).rejects.toThrow('/dev/full cannot be written: the disk is full.');
    await expect(writeBytes('/dev/full', bytes)).rejects.toThrow('the disk is full');
    await check('/dev/null');
  });
});

test('where the disk is full half way, the old file stays, and nothing is left beside it', async () => {
  const before = readdirSync(folder.at(''));
  const filling = (function* () {
    yield bytes;
    throw Object.assign(new Error('write'), { code: 'ENOSPC' });
  })();
  await expect(writeBytes(folder.at('file'), filling as never)).rejects.toThrow('the disk is full');
  expect(readdirSync(folder.at(''))).toEqual(before);
  expect(text('file')).toBe('old');
});

test('a name may be as long as the file system allows', async () => {
  const name = 'å'.repeat(127);
  await check(folder.at(name));
  await writeBytes(folder.at(name), bytes);
  expect(text(name)).toBe('new');
});

test('of a symbolic link the target is written, and the link stays, even where there is no target yet', async () => {
  for (const [link, target] of [
    ['link', 'sub/target'],
    ['dangling', 'sub/later'],
  ] as const) {
    if (link === 'link') writeFileSync(folder.at(target), 'old', { mode: 0o640 });
    symlinkSync(target, folder.at(link));
    await check(folder.at(link));
    await writeBytes(folder.at(link), bytes);
    expect(lstatSync(folder.at(link)).isSymbolicLink()).toBe(true);
    expect(text(target)).toBe('new');
  }
  expect(statSync(folder.at('sub/target')).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder.at('sub')).sort()).toEqual(['later', 'target']);
});

test.runIf(platform() !== 'win32')('a named pipe gets the bytes, and stays one', async () => {
  const pipe = folder.at('pipe');
  execFileSync('mkfifo', [pipe]);
  await check(pipe);
  const read = readFile(pipe, 'utf8');
  await writeBytes(pipe, bytes);
  expect(await read).toBe('new');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

test('no file is two outputs, or output and input unless forced, by whatever name', async () => {
  const file = folder.at('file');
  symlinkSync(file, folder.at('alias'));
  linkSync(file, folder.at('hard'));
  const names = [file, folder.at('sub/../file'), relative('.', file), folder.at('alias'), folder.at('hard')];
  for (const name of names) {
    const both = { '--out': file, '--grads': name };
    await expect(checkOutputs(both, {}, { force: true })).rejects.toThrow(
      '--out and --grads name the same file',
    );
    const read = { '--inputs': undefined, '--model': [name] };
    await expect(checkOutputs({ '--out': file }, read, { force: false })).rejects.toThrow(
      /--model and --out name the same file, .*file, which would be overwritten\. .*--force/,
    );
    await checkOutputs({ '--out': file }, read, { force: true });
  }
  const twice = { '--out': [folder.at('new.png'), folder.at('sub/../new.png')] };
  await expect(checkOutputs(twice, {}, { force: true })).rejects.toThrow('name the same file');
  if (onLinux) await checkOutputs({ '--out': ['/dev/null', '/dev/null'] }, {}, { force: false });
  expect(text('file')).toBe('old');
});

test('a file that is kept is replaced only by force', async () => {
  const kept = { '--state': 'Continue with --resume' };
  const state = { '--state': folder.at('file') };
  await expect(checkOutputs(state, {}, { force: false, kept })).rejects.toThrow(
    /file exists already\. Continue with --resume, or overwrite it with --force\.$/,
  );
  await checkOutputs(state, {}, { force: true, kept });
  await checkOutputs({ '--state': folder.at('fresh') }, {}, { force: false, kept });
});

test('what a process that was killed left beside the output is removed, and nothing else', async () => {
  // No process has a number this large.
  const left = ['file.999999999.part', 'other.999999999.part', `file.${process.ppid}.part`, 'file.x.part'];
  for (const name of left) writeFileSync(folder.at(name), 'half');
  await check(folder.at('file'));
  expect(left.filter((name) => existsSync(folder.at(name)))).toEqual(left.slice(1));
});
