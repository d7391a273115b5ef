import { describe, expect, test } from 'vitest';
import { tasks } from '../testing/time';
import { FairTurns } from './fairTurns';

/** A clock that only work moves: how busy the machine is does not matter. */
let clock = 0;
const now = () => clock;

function work(milliseconds: number): void {
  clock += milliseconds;
}

type Spent = Record<'training' | 'sampling', number>;

const shareOf = ({ training, sampling }: Spent) => sampling / (training + sampling);

/** A piece of work whose time is added up. */
function timed(spent: Spent, kind: keyof Spent, milliseconds: number): () => void {
  return () => {
    const begun = now();
    work(milliseconds);
    spent[kind] += now() - begun;
  };
}

/** The time that each got, both having waited at all times. */
async function bothWaiting(turns: FairTurns<keyof Spent>, milliseconds: number): Promise<Spent> {
  const spent = { training: 0, sampling: 0 };
  const until = now() + milliseconds;
  const loop = async (kind: keyof Spent, piece: number) => {
    while (now() < until) await turns.take(kind, timed(spent, kind, piece));
  };
  await Promise.all([loop('training', 10), loop('sampling', 2)]);
  return spent;
}

describe('FairTurns', () => {
  test('gives each who always waits time in proportion to its share', async () => {
    const turns = new FairTurns({ training: 1, sampling: 3 }, now);
    const spent = await bothWaiting(turns, 400);
    expect(spent.sampling / spent.training).toBeGreaterThan(2);
    expect(spent.sampling / spent.training).toBeLessThan(4.5);
  });

  test('gives by other shares from when they are set, and does not make up for the time before', async () => {
    const turns = new FairTurns({ training: 1, sampling: 9 }, now);
    await bothWaiting(turns, 200);
    turns.setShares({ training: 9, sampling: 1 });
    const few = await bothWaiting(turns, 600);
    expect(shareOf(few)).toBeGreaterThan(0.06);
    expect(shareOf(few)).toBeLessThan(0.13);
    turns.setShares({ training: 1, sampling: 1 });
    const half = await bothWaiting(turns, 300);
    expect(shareOf(half)).toBeGreaterThan(0.4);
    expect(shareOf(half)).toBeLessThan(0.6);
  });

  test('gives nothing to a share of 0 while another waits, all where none does', async () => {
    const turns = new FairTurns({ training: 1, sampling: 0 }, now);
    let sampled = false;
    const training = (async () => {
      for (let i = 0; i < 20; i++) {
        await turns.take('training', () => work(1));
        expect(sampled).toBe(false);
      }
    })();
    const sampling = turns.take('sampling', () => {
      sampled = true;
    });
    await Promise.all([training, sampling]);
    expect(sampled).toBe(true);
    expect(turns.isGranted('sampling')).toBe(false);
    expect(turns.isDue('sampling')).toBe(false);
  });

  test('tells when a turn is due: within the share, and not before others of its kind', async () => {
    const turns = new FairTurns({ training: 9, sampling: 1 }, now);
    const spent = { training: 0, sampling: 0 };
    const take = (kind: keyof typeof spent, milliseconds: number) =>
      turns.take(kind, timed(spent, kind, milliseconds));
    for (let i = 0; i < 100; i++) {
      await take('training', 3);
      if (turns.isDue('sampling')) await take('sampling', 2);
    }
    expect(shareOf(spent)).toBeGreaterThan(0.07);
    expect(shareOf(spent)).toBeLessThan(0.12);

    for (let i = 0; i < 20; i++) await take('training', 3);
    expect(turns.isDue('sampling')).toBe(true);
    const busy = take('training', 3);
    const waiting = take('sampling', 1);
    expect(turns.isDue('sampling')).toBe(false);
    await Promise.all([busy, waiting]);
  });

  test('gives all the time to the only one that waits, and no credit for having been away', async () => {
    const turns = new FairTurns({ a: 1, b: 1 }, now);
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
    const turns = new FairTurns({ a: 1, b: 1 }, now);
    let inside = 0;
    const piece = async () => {
      inside++;
      expect(inside).toBe(1);
      await tasks(5);
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
    const turns = new FairTurns({ a: 1 }, now);
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
