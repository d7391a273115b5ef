import type { Stores } from '../choices/choiceGroup';
import { type ChoiceGroupId, choiceGroups } from '../choices/choiceGroups';
import { groupEntries, type Values } from '../choices/encodedChoices';

/** A setting that is another one than before. */
export interface Change {
  group: ChoiceGroupId;
  field: string;
  before: unknown;
  after: unknown;
}

/** Every group as it is now. */
export function readAll(stores: Stores): Values[] {
  return groupEntries.map(([, { read }]) => read(stores));
}

/** What of all groups is another one; `ignored` are fields as group.field. */
export function changesBetween(before: Values[], after: Values[], ignored: ReadonlySet<string>): Change[] {
  const changes = groupEntries.flatMap(([group], i) => {
    const [old, now] = [before[i] as Values, after[i] as Values];
    if (old === now) return [];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .filter((field) => old[field] !== now[field] && !ignored.has(`${group}.${field}`))
      .map((field) => ({ group, field, before: old[field], after: now[field] }));
  });
  // The settings are those of the data set: they come with it.
  const withData = changes.some(({ group }) => group === 'data');
  return withData ? changes.filter(({ group }) => group !== 'settings') : changes;
}

/** What plays is moved by nobody. */
export function moving({ store, points }: Stores): ReadonlySet<string> {
  const fields = new Set<string>();
  if (store.getState().forwardLab.playing) fields.add('forwardLab.t');
  if (points.getState().playing) fields.add('points.time').add('points.direction');
  return fields;
}

/** Puts one side of some changes in place. */
export function put(stores: Stores, changes: readonly Change[], side: 'before' | 'after'): void {
  for (const [id, group] of groupEntries) {
    const values = changes
      .filter((change) => change.group === id)
      .map((change) => [change.field, change[side]]);
    if (values.length > 0) group.put(stores, Object.fromEntries(values));
  }
}

/** Whether both are of the same settings. */
export function sameFields(one: readonly Change[], other: readonly Change[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ group, field }, i) => group === other[i]?.group && field === other[i]?.field)
  );
}

function titleOfOne({ group, field }: Change): string {
  const titles: Record<string, string> = choiceGroups[group].titles;
  return titles[field] ?? field;
}

/** Id of the view where it is changed. */
export function viewOf({ group }: Change): string {
  return choiceGroups[group].view;
}

/** "Learning rate", "Sampler and steps", "Schedule and 3 more". */
export function titleOf(changes: readonly Change[]): string {
  const [first = '', second = '', ...others] = changes.map(titleOfOne);
  if (second === '') return first;
  if (others.length > 0) return `${first} and ${others.length + 1} more`;
  return `${first} and ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}
