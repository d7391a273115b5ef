import { useMemo } from 'react';
import { MEMORISED_SHARE } from '../../engine/quality/definitions';
import { quantile } from '../../engine/quality/nearest';
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

function Verdict({ result }: { result: JudgedModel }) {
  const { distances, novelty } = result;
  const { threshold } = novelty;
  const memorised = useMemo(() => memorisedShare(distances, threshold), [distances, threshold]);
  const marked = Math.round(memorised * distances.length);
  return (
    <p>
      <strong data-quantity="memorised-count">{marked}</strong> of {distances.length} samples{' '}
      {marked === 1 ? 'is' : 'are'} nearer to a training picture than{' '}
      <span data-quantity="threshold">{threshold.toFixed(4)}</span>, as {MEMORISED_SHARE * 100} % of the
      held-out pictures are, though nobody copied them. {verdictOf(memorised, result)}
    </p>
  );
}

/** Copies are a few times more than chance explains; far away are samples of which most are beyond all real pictures. */
function verdictOf(memorised: number, { distances, novelty }: JudgedModel): string {
  if (memorised > 5 * MEMORISED_SHARE)
    return 'That is more than chance explains: these are marked, and may be copies.';
  if (quantile(distances, 0.5) > quantile(novelty.distances, 0.99)) {
    return 'Most are farther from every training picture than real pictures are: new, because they are not like the data.';
  }
  return 'Chance explains as much: the samples are about as new as real new pictures.';
}
