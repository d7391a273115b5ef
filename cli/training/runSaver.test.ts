import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/runCli';
import { RunSaver } from './runSaver';

const folder = temporaryFolder();
afterAll(folder.remove);
afterEach(() => {
  vi.useRealTimers();
});

test('a save that is refused is told once and tried again sooner than the next, until there is room', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let content = 'first';
  const path = folder.at('disk/model');
  const files = [{ path, bytes: async () => new TextEncoder().encode(content) }];
  const told: string[] = [];
  const saver = new RunSaver(files, 1000, (text) => told.push(text));
  mkdirSync(folder.at('disk'));
  expect([saver.isDue(999), saver.isDue(1000)]).toEqual([false, true]);
  await saver.save();

  renameSync(folder.at('disk'), folder.at('gone'));
  content = 'second';
  await saver.save();
  expect(saver.isDue(2001)).toBe(false);
  vi.advanceTimersByTime(31_000);
  expect(saver.isDue(2002)).toBe(true);
  await saver.save();
  expect(told).toEqual([
    `${path} cannot be written: its folder: there is no such file or folder. Training goes on in memory, and the next try to save is in 30 seconds.`,
  ]);

  renameSync(folder.at('gone'), folder.at('disk'));
  expect(readFileSync(path, 'utf8')).toBe('first');
  vi.advanceTimersByTime(31_000);
  content = 'third';
  await saver.save();
  expect(readFileSync(path, 'utf8')).toBe('third');
  expect(told.slice(1)).toEqual(['The model is saved again.']);
  vi.advanceTimersByTime(31_000);
  expect(saver.isDue(2003)).toBe(false);
  await saver.saveLast();
  expect(saver).toMatchObject({ paths: [path], isElsewhere: false });
});
