import { describe, expect, test } from 'vitest';
import { FairTurns } from './fairTurns';

/** Keeps the thread busy, as a training step on the CPU does. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('FairTurns', () => {
  test('gives each who always waits time in proportion to its share', async () => {
    const turns = new FairTurns({ training: 1, sampling: 3 });
    const spent = { training: 0, sampling: 0 };
    const until = performance.now() + 400;
    const loop = async (kind: 'training' | 'sampling', milliseconds: number) => {
      while (performance.now() < until) {
        const begun = performance.now();
        await turns.take(kind, () => {
          const start = performance.now();
          work(milliseconds);
          spent[kind] += performance.now() - start;
        });
        expect(performance.now()).toBeGreaterThan(begun);
      }
    };
    await Promise.all([loop('training', 10), loop('sampling', 2)]);
    expect(spent.sampling / spent.training).toBeGreaterThan(2);
    expect(spent.sampling / spent.training).toBeLessThan(4.5);
  });

  test('gives all the time to the only one that waits, and no credit for having been away', async () => {
    const turns = new FairTurns({ a: 1, b: 1 });
    for (let i = 0; i < 20; i++) await turns.take('a', () => work(2));
    const order: string[] = [];
    const loop = async (kind: 'a' | 'b') => {
      for (let i = 0; i < 8; i++) {
        await turns.take(kind, () => {
          order.push(kind);
          work(2);
        });
      }
    };
    await Promise.all([loop('a'), loop('b')]);
    // Not eight times b, to make up for the forty milliseconds of a.
    expect(order.slice(0, 8).filter((kind) => kind === 'a').length).toBeGreaterThan(2);
  });

  test('does one piece of work at a time, and goes on after one that fails', async () => {
    const turns = new FairTurns({ a: 1, b: 1 });
    let inside = 0;
    const piece = async () => {
      inside++;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    };
    const failing = turns.take('b', async () => {
      await piece();
      throw new Error('no');
    });
    await Promise.all([turns.take('a', piece), expect(failing).rejects.toThrow('no')]);
    expect(await turns.take('b', () => 7)).toBe(7);
  });

  test('hears messages between two turns', async () => {
    const turns = new FairTurns({ a: 1 });
    let heard = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      heard = true;
    };
    port2.postMessage('pause');
    let taken = 0;
    while (!heard && taken < 1000) {
      await turns.take('a', () => {});
      taken++;
    }
    port1.close();
    expect(taken).toBeLessThan(50);
  });
});
