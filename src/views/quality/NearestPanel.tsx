import { useMemo } from 'react';
import { MEMORISED_SHARE } from '../../engine/quality/definitions';
import { quantile } from '../../engine/quality/nearest';
import { memorisedShare } from '../../engine/quality/qualityPoint';
import { Panel } from '../../ui/controls/Panel';
import { DistancePlot } from './DistancePlot';
import { NearestPairs } from './NearestPairs';
import type { EvaluatedModel } from './state';
import { useQuality } from './state';

/** Whether the samples are new: each beside the training image that it is nearest to. */
export function NearestPanel() {
  const result = useQuality((state) => state.result);
  return (
    <Panel
      id="nearest"
      title="Nearest training images"
      lead="Each sample with the training image nearest to it, closest pairs first. A model that copies training images shows it here."
    >
      <div className="quality stack">
        {result ? (
          <>
            <Verdict result={result} />
            <DistancePlot result={result} />
            <NearestPairs result={result} />
          </>
        ) : (
          <p className="empty">The samples appear here, each with its nearest training image.</p>
        )}
      </div>
    </Panel>
  );
}

function Verdict({ result }: { result: EvaluatedModel }) {
  const { distances, novelty } = result;
  const { threshold } = novelty;
  const memorised = useMemo(() => memorisedShare(distances, threshold), [distances, threshold]);
  const marked = Math.round(memorised * distances.length);
  return (
    <p>
      <strong data-quantity="memorised-count">{marked}</strong> of {distances.length} samples{' '}
      {marked === 1 ? 'is' : 'are'} nearer to a training image than{' '}
      <span data-quantity="threshold">{threshold.toFixed(4)}</span>, as {MEMORISED_SHARE * 100} % of the
      held-out images are, though nobody copied them. {verdictOf(memorised, result)}
    </p>
  );
}

/** Copies are a few times more than chance explains; far away are samples of which most are beyond all real images. */
function verdictOf(memorised: number, { distances, novelty }: EvaluatedModel): string {
  if (memorised > 5 * MEMORISED_SHARE)
    return 'That is more than chance explains: these are marked, and may be copies.';
  if (quantile(distances, 0.5) > quantile(novelty.distances, 0.99)) {
    return 'Most are farther from every training image than real images are: new, because they are not like the data.';
  }
  return 'Chance explains as much: the samples are about as new as real new images.';
}
