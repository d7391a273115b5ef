import type { SettingGroup } from '../../settings/group';
import { forwardGroup } from '../../settings/groups/forward';
import { sampledModel } from '../../store/sampledModel';
import { type Store, useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { classGuessGroup } from '../../views/classes/settings';
import { interpolationGroup } from '../../views/edit/settings';
import { forwardLabGroup } from '../../views/forward/settings';
import { hold } from '../../views/forward/useForwardLab';
import { networkGroup } from '../../views/network/settings';
import { pointsGroup } from '../../views/points/settings';
import { reverseStepGroup } from '../../views/reverse/settings';
import type { ViewId } from '../views';

interface ViewTime {
  group: SettingGroup;
  path: 't' | 'time';
  least: 0 | 1;
  most(state: Store): number;
  /** Ends what plays. */
  hold?(): void;
}

/** T of the next model, and of the one that is asked. */
const ownSteps = (state: Store) => state.values.settings.model.nSteps;
const modelSteps = (state: Store) => sampledModel(state)?.config.nSteps ?? ownSteps(state);

/** t of the views that have one, which keys move. To add one, a line here. */
const viewTimes = {
  playground: { group: forwardGroup, path: 't', least: 0, most: ownSteps },
  forward: { group: forwardLabGroup, path: 't', least: 0, most: ownSteps, hold },
  reverse: { group: reverseStepGroup, path: 't', least: 1, most: modelSteps },
  network: { group: networkGroup, path: 't', least: 1, most: modelSteps },
  classes: { group: classGuessGroup, path: 't', least: 1, most: modelSteps },
  edit: { group: interpolationGroup, path: 't', least: 0, most: modelSteps },
  points: {
    ...{ group: pointsGroup, path: 'time', least: 0 },
    most: (state: Store) => valuesOf(state, pointsGroup).nSteps,
    hold: () =>
      void import('../../views/points/usePoints').then(({ pointsStore }) => pointsStore.getState().hold()),
  },
} as unknown as Partial<Record<ViewId, ViewTime>>;

/** Moves t of a view by some steps, within its ends; nothing where it has none. */
export function moveTime(view: ViewId, by: number): void {
  const time = viewTimes[view];
  if (!time) return;
  const state = useStore.getState();
  const most = time.most(state);
  const now = (valuesOf(state, time.group) as Record<string, number>)[time.path] as number;
  const from = Math.min(Math.round(now), most);
  const to = Math.max(time.least, Math.min(most, from + by));
  if (to === from) return;
  time.hold?.();
  state.set(time.group, { [time.path]: to } as never);
}
