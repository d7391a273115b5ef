import * as v from 'valibot';
import { merged } from '../difference';
import type { ChoiceGroup, Stores } from './choiceGroup';
import { type ChoiceGroupId, choiceGroups } from './choiceGroups';

export type Values = Record<string, unknown>;
/** Groups as JSON holds them, by id. */
export type EncodedChoices = Partial<Record<ChoiceGroupId, Values>>;
type AnyGroup = ChoiceGroup<Values>;

/** Every group by id, whatever its values. */
export const groupEntries = Object.entries(choiceGroups) as unknown as [ChoiceGroupId, AnyGroup][];

/** What outlives the page. */
export const keptGroups = groupEntries.filter(([, { schema }]) => schema);
/** What a link holds beside what it held before there were groups. */
export const linkedGroups = groupEntries.filter(([, { base }]) => base);

/** Some groups as they are now. */
export function encodedChoices(stores: Stores, groups = keptGroups): EncodedChoices {
  return Object.fromEntries(
    groups.map(([id, { read, encode }]) => {
      const values = read(stores);
      return [id, encode ? encode(values) : values];
    }),
  );
}

/** Puts groups in place, each for itself: what is none of them, or broken, is left out. What a group lacks is as in `from`. */
export function putChoices(stores: Stores, encoded: EncodedChoices, from: EncodedChoices = {}): void {
  for (const [id, { schema, decode, put }] of keptGroups) {
    if (!schema || encoded[id] === undefined) continue;
    const parsed = v.safeParse(schema, merged(from[id], encoded[id]));
    if (parsed.success) put(stores, decode ? decode(parsed.output) : parsed.output);
  }
}
