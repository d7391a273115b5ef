import type * as v from 'valibot';
import type { StoreApi } from 'zustand';
import type { PointsStore } from '../points/pointsStore';
import type { Store } from '../store';

/** Both stores of the page. */
export interface Stores {
  store: Pick<StoreApi<Store>, 'getState' | 'setState'>;
  points: Pick<StoreApi<PointsStore>, 'getState' | 'setState'>;
}

/** Settings that belong together: where they are, what they are called, how they are read and put. */
export interface ChoiceGroup<Values extends object, Stored extends object = Values> {
  /** Id of the view where they are changed. */
  view: string;
  /** What the page calls each. */
  titles: Record<keyof Values, string>;
  /** The values as they are now; a value that has not changed is the same as before. */
  read(stores: Stores): Values;
  /** Puts some of the values in place of those that are there. */
  put(stores: Stores, values: Partial<Values>): void;
  /** What storages may hold of them, as JSON. Without it they are not kept over a reload. */
  schema?: v.GenericSchema<Stored>;
  /**
   * What a link leaves out is as here; without it a link does not hold them among the views. Never change a value: links of years ago
   * mean these. A field that is new gets the value by which the page behaved before it was there.
   */
  base?: Stored;
  /** Values as JSON holds them, where that is not as they are. */
  encode?(values: Values): Stored;
  decode?(stored: Stored): Values;
}

/** Checks the fields of a group against each other. */
export function choiceGroup<Values extends object, Stored extends object = Values>(
  group: ChoiceGroup<Values, Stored>,
): ChoiceGroup<Values, Stored> {
  return group;
}
