import { beforeEach, expect, test } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Run } from './record/run';
import { comparedRuns, createRuns, type RunsState } from './runsState';
import { madeRun } from './testing/madeRun';
import { MemoryRuns } from './testing/memoryRuns';

let storage: MemoryRuns;
let written: StoreApi<{ run: Run | null; problem: string | null }>;
let store: ReturnType<typeof createRuns>;
const state = (): RunsState => store.getState();
const keep = (id: string) => storage.save(madeRun({ id, name: id }).facts, madeRun().body, true);

beforeEach(async () => {
  storage = new MemoryRuns();
  written = createStore<{ run: Run | null; problem: string | null }>(() => ({ run: null, problem: null }));
  store = createRuns({ storage, written });
  for (const id of ['a', 'b', 'c']) await keep(id);
  await state().open();
});

test('the two newest are compared at first, and others as they are switched on', async () => {
  expect(comparedRuns(state()).map(({ facts }) => facts.id)).toEqual(['c', 'b']);
  await state().compare('a', true);
  await state().compare('c', false);
  expect(comparedRuns(state()).map(({ facts }) => facts.id)).toEqual(['b', 'a']);
});

test('more than ten are not compared, and that is said', async () => {
  for (let i = 0; i < 9; i++) await keep(`more ${i}`);
  await state().open();
  for (let i = 0; i < 9; i++) await state().compare(`more ${i}`, true);
  expect(state().compared).toHaveLength(10);
  expect(state().message?.text).toMatch(/At most 10 runs/);
});

test('a run is renamed, pinned, deleted and brought back with its place in the comparison', async () => {
  await state().rename('b', '  Best\u202e ');
  await state().rename('b', ' ');
  expect(state().message?.text).toBe('A run needs a name.');
  await state().change('b', { pinned: true });
  expect(state().runs?.find(({ id }) => id === 'b')).toMatchObject({ name: 'Best', facts: { pinned: true } });
  await state().remove('b');
  expect(state().compared).toEqual(['c']);
  const { message } = state();
  expect(message?.text).toBe('Deleted “Best”.');
  await message?.undo?.();
  expect([...state().compared].sort()).toEqual(['b', 'c']);
});

test('a run that is being recorded grows in the list and the comparison', async () => {
  const run = madeRun({ id: 'd', name: 'd', step: 5 });
  await storage.save(run.facts, run.body, true);
  written.setState({ run });
  await expect.poll(() => state().compared).toContain('d');
  const further = madeRun({ id: 'd', name: 'd', step: 9 }, { head: [7] });
  await storage.save(further.facts, further.body, false);
  written.setState({ run: further });
  await expect.poll(() => state().bodies.d?.head).toEqual([7]);
  expect(state().runs?.[0]?.facts?.step).toBe(9);
});

test('a run for which there is no room is shown, and why it is not kept', async () => {
  written.setState({ run: madeRun({ id: 'x', name: 'x' }), problem: 'no more room' });
  await expect.poll(() => comparedRuns(state()).map(({ facts }) => facts.id)).toContain('x');
  expect(state().message).toMatchObject({ tone: 'bad', text: 'The run “x” could not be kept: no more room' });
});

test('a storage that cannot be read is said, and the page goes on', async () => {
  storage.list = async () => {
    throw new Error('denied');
  };
  store = createRuns({ storage, written });
  await state().open();
  expect(state()).toMatchObject({ runs: [], message: { tone: 'bad' } });
  expect(state().message?.text).toContain('denied');
});
