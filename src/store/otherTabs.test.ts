import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type SharedPlace, watchOtherTabs } from './otherTabs';
import type { TrainingSlice } from './trainingSlice';
import type { TrainingStatus } from './trainingState';

/** A browser with tabs: its locks and its channel, as the standards describe them. */
class Browser {
  #queues = new Map<string, { owner: string; work: () => unknown; end: () => void }[]>();
  #channels = new Map<string, SharedPlace['channel']>();

  place(owner: string): SharedPlace {
    const channel: SharedPlace['channel'] = {
      onmessage: null,
      postMessage: (data) => {
        for (const [other, { onmessage }] of this.#channels)
          if (other !== owner) onmessage?.call(channel as never, { data } as MessageEvent);
      },
    };
    this.#channels.set(owner, channel);
    const request = (name: string, work: () => unknown) =>
      new Promise<void>((resolve) => {
        const queue = this.#queues.get(name) ?? [];
        this.#queues.set(name, queue);
        queue.push({ owner, work, end: resolve });
        if (queue.length === 1) void this.#grant(name);
      });
    const query = async () => ({
      held: [...this.#queues].filter(([, { length }]) => length > 0).map(([name]) => ({ name })),
    });
    return { channel, locks: { request, query } as unknown as SharedPlace['locks'] };
  }

  async #grant(name: string): Promise<void> {
    const [first] = this.#queues.get(name) ?? [];
    if (!first) return;
    await first.work();
    this.#release(name, first);
  }

  #release(name: string, request: { end: () => void }): void {
    const queue = this.#queues.get(name) ?? [];
    if (queue[0] !== request) return;
    queue.shift();
    request.end();
    void this.#grant(name);
  }

  /** What becomes of a tab that is closed or crashes. */
  close(owner: string): void {
    this.#channels.delete(owner);
    for (const [name, queue] of this.#queues) {
      const [first] = queue;
      this.#queues.set(name, [...queue.slice(0, 1), ...queue.slice(1).filter((one) => one.owner !== owner)]);
      if (first?.owner === owner) this.#release(name, first);
    }
  }
}

function openTab(browser: Browser, id: string) {
  const store = createStore(() => ({ training: { status: 'idle' } }) as Pick<TrainingSlice, 'training'>);
  const tab = {
    others: [] as readonly string[],
    become: (status: TrainingStatus) => store.setState({ training: { status } as TrainingSlice['training'] }),
  };
  watchOtherTabs(store, browser.place(id), (others) => Object.assign(tab, { others }), id);
  return tab;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a tab knows which others train, those that began before it was opened too, until they stop or close', async () => {
  const browser = new Browser();
  const first = openTab(browser, 'first');
  const second = openTab(browser, 'second');
  first.become('starting');
  first.become('training');
  expect(second.others).toEqual(['first']);
  expect(first.others).toEqual([]);
  const third = openTab(browser, 'third');
  await settled();
  expect(third.others).toEqual(['first']);

  second.become('training');
  expect(first.others).toEqual(['second']);
  expect(third.others).toEqual(['first', 'second']);
  first.become('paused');
  await settled();
  expect(second.others).toEqual([]);
  expect(third.others).toEqual(['second']);
  browser.close('second');
  await settled();
  expect([first.others, third.others]).toEqual([[], []]);
});

test('a run that stops and begins again at once is told of anew', async () => {
  const browser = new Browser();
  const first = openTab(browser, 'first');
  const second = openTab(browser, 'second');
  first.become('training');
  first.become('paused');
  first.become('training');
  await settled();
  expect(second.others).toEqual(['first']);
  first.become('finished');
  await settled();
  expect(second.others).toEqual([]);
});
