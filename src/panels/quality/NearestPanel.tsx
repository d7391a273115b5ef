import { useMemo } from 'react';
import { MEMORISED_SHARE } from '../../engine/quality/definitions';
import { memorisedShare } from '../../store/qualityHistory';
import type { JudgedModel } from '../../store/qualitySlice';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { DistancePlot } from './DistancePlot';
import { NearestPairs } from './NearestPairs';

/** Whether the samples are new: each beside the training picture that it is nearest to. */
export function NearestPanel() {
  const result = useStore((state) => state.quality.result);
  return (
    <Panel
      id="nearest"
      title="Memorised or new?"
      lead="Each sample above the training picture that it is nearest to, the nearest first. A model that copies its pictures would be found out here."
    >
      <div className="quality">
        {result ? (
          <>
            <Verdict result={result} />
            <DistancePlot result={result} />
            <NearestPairs result={result} />
          </>
        ) : (
          <p className="quality__empty">The samples will stand here with their nearest training pictures.</p>
        )}
      </div>
    </Panel>
  );
}

function Verdict({ result: { distances, novelty } }: { result: JudgedModel }) {
  const { threshold } = novelty;
  const memorised = useMemo(() => memorisedShare(distances, threshold), [distances, threshold]);
  const marked = Math.round(memorised * distances.length);
  return (
    <p>
      <strong data-quantity="memorised-count">{marked}</strong> of {distances.length} samples{' '}
      {marked === 1 ? 'is' : 'are'} nearer to a training picture than{' '}
      <span data-quantity="threshold">{threshold.toFixed(4)}</span>, as {MEMORISED_SHARE * 100} % of the
      held-out pictures are, though nobody copied them. {verdictOf(memorised)}
    </p>
  );
}

/** A few times the share that chance explains. */
function verdictOf(memorised: number): string {
  return memorised > 5 * MEMORISED_SHARE
    ? 'That is more than chance explains: these are marked, and may be copies.'
    : 'Chance explains as much: the samples are about as new as real new pictures.';
}
