import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SettingGroup } from '../settings/group';
import { forwardGroup } from '../settings/groups/forward';
import { pageValues } from '../testing/values';
import { networkGroup } from '../views/network/settings';
import { reverseStepGroup } from '../views/reverse/settings';
import { followExample } from './followExample';
import { createValuesSlice, type ValuesSlice, valuesOf } from './valuesSlice';

type State = ValuesSlice & { share: { opened: { forward: object } | null } };

function page() {
  const store = createStore<State>()((...parts) => ({
    ...createValuesSlice(pageValues())(
      ...(parts as unknown as Parameters<ReturnType<typeof createValuesSlice>>),
    ),
    share: { opened: null },
  }));
  followExample(
    store,
    [reverseStepGroup, networkGroup].map((group) => ({
      ...{ group: group as unknown as SettingGroup, image: 'index', t: 't', least: 1 },
    })),
  );
  const reverse = () => valuesOf(store.getState(), reverseStepGroup);
  const network = () => valuesOf(store.getState(), networkGroup);
  return { store, reverse, network, set: store.getState().set };
}

it('the example and t of the page are those of every view, until a view has its own', () => {
  const { reverse, network, set } = page();
  set(forwardGroup, { t: 640, exampleIndex: 7 });
  expect([reverse(), network()]).toMatchObject([
    { t: 640, index: 7 },
    { t: 640, index: 7 },
  ]);
  set(networkGroup, { t: 5 });
  set(forwardGroup, { t: 0 });
  expect(reverse().t, 'no reverse step begins at 0').toBe(1);
  expect(network()).toMatchObject({ t: 5, index: 7 });
  set(forwardGroup, { t: 30 });
  expect([reverse().t, network().t]).toEqual([30, 5]);
});

it('what a link brings for a view stays', () => {
  const { store, reverse, set } = page();
  store.setState({ share: { opened: { forward: { ...forwardGroup.defaults, t: 77 } } } });
  store.getState().put(forwardGroup, { t: 77 });
  expect(reverse().t).toBe(reverseStepGroup.defaults.t);
  set(forwardGroup, { t: 78 });
  expect(reverse().t).toBe(78);
});
