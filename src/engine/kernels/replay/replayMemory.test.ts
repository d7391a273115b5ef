import { beforeEach, expect, test } from 'vitest';
import { ReplayMemory } from './replayMemory';

interface Block {
  size: number;
}

let alive: Set<Block>;
let room: number;
const memory = () =>
  new ReplayMemory<Block>(
    (size) => {
      if (size > room) throw new Error('Out of memory');
      room -= size;
      const block = { size };
      alive.add(block);
      return block;
    },
    (block) => {
      room += block.size;
      alive.delete(block);
    },
  );

beforeEach(() => {
  alive = new Set();
  room = 1000;
});

test('replays share blocks that are large enough, each replay a block once', () => {
  const shared = memory();
  const first = shared.acquire([100, 50]);
  expect(first.map(({ size }) => size)).toEqual([100, 50]);
  const second = shared.acquire([40, 40, 120]);
  expect(second[0]).toBe(first[1]);
  expect(second[1]).toBe(first[0]);
  expect(second[2]?.size).toBe(120);
  expect(alive.size).toBe(3);
});

test('a block goes when its last user gives it up', () => {
  const shared = memory();
  const first = shared.acquire([100, 50]);
  const second = shared.acquire([60]);
  expect(second[0]).toBe(first[0]);
  shared.release(first);
  expect([...alive]).toEqual(second);
  shared.release(second);
  expect(alive.size).toBe(0);
  expect(shared.acquire([60])[0]).not.toBe(second[0]);
});

test('where memory ends, nothing of the attempt is kept', () => {
  const shared = memory();
  const first = shared.acquire([400]);
  expect(() => shared.acquire([400, 300, 500])).toThrow('Out of memory');
  expect([...alive]).toEqual(first);
  expect(shared.acquire([600])).toHaveLength(1);
});
