import * as v from 'valibot';
import { type OwnFacts, ownFactsSchema } from '../../engine/data/ownDataset';
import type { SettingsStorage } from '../settingsStorage';

const key = 'own-data-sets';

/** The facts of the user's own data sets as of the last visit, which are needed before their storage has opened. */
export function readKnownFacts(storage: SettingsStorage): OwnFacts[] {
  try {
    const entries = v.parse(v.array(v.unknown()), JSON.parse(storage.getItem(key) ?? '[]'));
    // What else an entry holds (a `__proto__`, say) is left out.
    return entries.flatMap((entry) => {
      const facts = v.safeParse(ownFactsSchema, entry);
      return facts.success ? [facts.output] : [];
    });
  } catch {
    return [];
  }
}

/** Keeps them for the next visit; without, the list is only there a moment later. */
export function writeKnownFacts(storage: SettingsStorage, facts: readonly OwnFacts[]): void {
  try {
    storage.setItem(key, JSON.stringify(facts));
  } catch {
    // The page works without.
  }
}
