import type { Change, ValuesSlice } from '../valuesSlice';

/** Puts one side of some changes in place, in their order: the data set before what is of it. */
export function putChanges(
  { put }: Pick<ValuesSlice, 'put'>,
  changes: readonly Change[],
  side: 'before' | 'after',
): void {
  for (const { group, path, [side]: value } of changes) put(group, { [path]: value } as never);
}

/** Whether both are of the same settings. */
export function sameSettings(one: readonly Change[], other: readonly Change[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ group, path }, i) => group === other[i]?.group && path === other[i]?.path)
  );
}

/** "Learning rate", "Sampler and steps", "Schedule and 3 more". */
export function titleOf(changes: readonly Change[]): string {
  const [first = '', second = '', ...others] = changes.map(
    ({ group, path }) => group.rows[path]?.label ?? path,
  );
  if (second === '') return first;
  if (others.length > 0) return `${first} and ${others.length + 1} more`;
  return `${first} and ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}
