import { counted } from '../../../ui/counted';
import { formatDuration } from '../../../ui/formatDuration';
import type { RunFacts } from '../record/run';
import { differenceWords } from '../record/settingDifferences';

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What a run learned, how far it came, and what was not as in the run before. */
export function RunSummary({ facts }: { facts: RunFacts }) {
  const { title, step, loss, heldOut, seconds, startedAt, diverged, backend } = facts;
  const [branch, ...changed] = differencesOf(facts);
  return (
    <div className="stack gap-1">
      <p className="runs__facts note">
        <span>{title}</span>
        <span>{counted(step, 'step')}</span>
        {loss !== null && <span>loss {loss.toFixed(4)}</span>}
        {heldOut !== null && <span>held-out {heldOut.toFixed(4)}</span>}
        <span>{formatDuration(seconds)}</span>
        <span>{backend}</span>
        {diverged && <span className="problem">diverged</span>}
        <time dateTime={new Date(startedAt).toISOString()}>{dates.format(startedAt)}</time>
      </p>
      {branch !== undefined && <p className="runs__changed">{[branch, ...changed].join(' · ')}</p>}
    </div>
  );
}

/** Where the run branched from, and its settings that are not as in the run before. */
function differencesOf({ from, differs }: RunFacts): string[] {
  const branch = from ? [`From ${from.name}, step ${from.step.toLocaleString('en')}`] : [];
  const words = (differs ?? []).map(differenceWords);
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more settings`] : words;
  return [...branch, ...shown];
}
