import { differenceWords } from '../record/settingDifferences';
import type { KeptRun } from '../storage/runStorage';

/** The runs that have all words of a search in their name, data set or changed settings; pinned ones first. */
export function foundRuns(runs: readonly KeptRun[], search: string): KeptRun[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const isPinned = ({ facts }: KeptRun) => (facts?.pinned ? 1 : 0);
  return runs
    .filter((run) => {
      const text = textOf(run);
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => isPinned(b) - isPinned(a));
}

function textOf({ name, facts }: KeptRun): string {
  const changed = facts?.differs?.map(differenceWords) ?? [];
  return [name, facts?.title ?? '', facts?.from?.name ?? '', ...changed].join(' ').toLowerCase();
}
