import { sampledModel } from '../../store/sampledModel';
import { stores } from '../../store/store';
import type { ViewId } from '../views';

interface ViewTime {
  read(): number;
  put(t: number): void;
  least: number;
  most(): number;
}

const get = stores.store.getState;
const points = stores.points.getState;
/** T of the next model, and of the one that is asked. */
const ownSteps = () => get().settings.model.nSteps;
const modelSteps = () => sampledModel(get())?.config.nSteps ?? ownSteps();

/** t of the views that have one, which keys move. To add one, a line here. */
const viewTimes: Partial<Record<ViewId, ViewTime>> = {
  playground: {
    ...{ least: 0, most: ownSteps },
    read: () => get().forward.t,
    put: (t) => get().setTime(t),
  },
  forward: {
    ...{ least: 0, most: ownSteps },
    read: () => get().forwardLab.t,
    put: (t) => get().setForwardLab({ t, playing: false }),
  },
  reverse: {
    ...{ least: 1, most: modelSteps },
    read: () => get().reverseStep.settings.t,
    put: (t) => get().setReverseStep({ t }),
  },
  classes: {
    ...{ least: 1, most: modelSteps },
    read: () => get().classGuess.settings.t,
    put: (t) => get().setClassGuess({ t }),
  },
  edit: {
    ...{ least: 0, most: modelSteps },
    read: () => get().interpolation.settings.t,
    put: (t) => get().setInterpolation({ t }),
  },
  points: {
    ...{ least: 0, most: () => points().choices.nSteps },
    read: () => Math.round(points().time),
    put(t) {
      points().hold();
      points().setTime(t);
    },
  },
};

/** Moves t of a view by some steps, within its ends; nothing where it has none. */
export function moveTime(view: ViewId, by: number): void {
  const time = viewTimes[view];
  if (!time) return;
  const from = Math.min(time.read(), time.most());
  const to = Math.max(time.least, Math.min(time.most(), from + by));
  if (to !== from) time.put(to);
}
