import { decoded, encoded, type SettingGroup, soundValues } from '../settings/group';
import { merged } from './difference';
import { type ValuesSlice, valuesOf } from './valuesSlice';

/** Values as JSON holds them, by the id of their group. */
export type EncodedValues = Record<string, object>;

/** Some groups as they are now. */
export function encodedValues(
  state: Pick<ValuesSlice, 'values'>,
  groups: readonly SettingGroup[],
): EncodedValues {
  return Object.fromEntries(groups.map((group) => [group.id, encoded(group, valuesOf(state, group))]));
}

/** Puts values that were checked by their schema in place. */
export function putEncoded(
  { put }: Pick<ValuesSlice, 'put'>,
  groups: readonly SettingGroup[],
  values: EncodedValues,
): void {
  for (const group of groups) {
    const held = values[group.id];
    if (held) put(group, decoded(group, held) as never);
  }
}

/** Puts what a storage held in place, each value for itself: one that is not sound is as in `from`. */
export function restoreValues(
  { put }: Pick<ValuesSlice, 'put'>,
  groups: readonly SettingGroup[],
  stored: Record<string, unknown>,
  from: EncodedValues,
): void {
  for (const group of groups) {
    if (stored[group.id] === undefined) continue;
    const first = decoded(group, from[group.id] ?? {});
    put(group, soundValues(group, merged(from[group.id], stored[group.id]), first).values as never);
  }
}
