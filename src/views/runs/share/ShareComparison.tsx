import { Check, Copy, Download } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { formatBytes } from '../../../engine/formatBytes';
import { Button } from '../../../ui/controls/Button';
import { CopiedText, useCopying } from '../../../ui/controls/CopiedText';
import { Explanation } from '../../../ui/controls/Explanation';
import { Problem } from '../../../ui/controls/Problem';
import { SwitchField } from '../../../ui/controls/SwitchField';
import { explanations } from '../help';
import type { Run } from '../record/run';
import { actions, useRuns } from '../useRuns';
import { comparisonLink, longestComparison, shortComparison } from './comparisonLink';

/** The comparison for somebody else: as a link, as a file, and as curves for other programs. */
export function ShareComparison({ runs }: { runs: readonly Run[] }) {
  return (
    <section className="stack gap-3" aria-labelledby="share-comparison">
      <h3 id="share-comparison" className="title row">
        Share this comparison
        <Explanation about="Share this comparison">{explanations.exports}</Explanation>
      </h3>
      <LinkField runs={runs} />
      <FileButtons runs={runs} />
    </section>
  );
}

function LinkField({ runs }: { runs: readonly Run[] }) {
  const id = useId();
  const link = useMemo(() => comparisonLink(location.href, runs), [runs]);
  const { copied, refused, copy } = useCopying();
  if (!link)
    return (
      <p className="note">
        No link can hold this comparison: it would be longer than {longestComparison.toLocaleString('en')}{' '}
        characters. Export it as a file, or compare fewer runs.
      </p>
    );
  const { address, points } = link;
  return (
    <div className="stack gap-1">
      <label htmlFor={id} className="note">
        Link with settings and curves of up to {points} points, without samples:{' '}
        {address.length.toLocaleString('en')} characters
        {address.length > shortComparison && '. Some programs cut a link of this length; the file is safer'}
      </label>
      <div className="runs__link">
        <CopiedText id={id} text={address} />
        <Button icon={copied === address ? Check : Copy} onClick={() => copy(address)}>
          <span role="status">{copied === address ? 'Copied' : 'Copy link'}</span>
        </Button>
      </div>
      <Problem>
        {refused && 'The browser does not let the page copy. Select the link, and copy it yourself.'}
      </Problem>
    </div>
  );
}

function FileButtons({ runs }: { runs: readonly Run[] }) {
  const [wanted, setWanted] = useState(false);
  const kept = useRuns((state) => state.runs);
  const checkpoints = (kept ?? []).flatMap(({ id, checkpoint }) =>
    checkpoint && runs.some(({ facts }) => facts.id === id) ? [checkpoint.bytes] : [],
  );
  const bytes = checkpoints.reduce((sum, one) => sum + one, 0);
  const withWeights = wanted && bytes > 0;
  return (
    <>
      <div className="row">
        <Button icon={Download} onClick={() => void actions.exportRuns(runs, withWeights ? 'zip' : 'json')}>
          Export the comparison
        </Button>
        {bytes > 0 && (
          <SwitchField
            label={`With weights, ${formatBytes(bytes)}`}
            checked={withWeights}
            onChange={setWanted}
          />
        )}
      </div>
      <div className="row">
        <Button icon={Download} onClick={() => void actions.exportRuns(runs, 'csv')}>
          Curves as CSV
        </Button>
        <Button icon={Download} onClick={() => void actions.exportRuns(runs, 'jsonl')}>
          Curves as JSON Lines
        </Button>
      </div>
    </>
  );
}
