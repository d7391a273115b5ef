import { useMemo } from 'react';
import type { QualityPoint } from '../../engine/quality/qualityPoint';
import { Panel } from '../../ui/controls/Panel';
import { QualityPlot } from './QualityPlot';
import { useQuality } from './state';

/** The measures of the user's own model over its training. */
export function HistoryPanel() {
  const history = useQuality((state) => state.history);
  return (
    <Panel
      id="quality-history"
      title="Evaluations during training"
      lead="The metrics of your model at each evaluation, by training step."
    >
      {history.length > 0 ? (
        <Curves history={history} />
      ) : (
        <p className="empty">
          <span>
            Nothing yet. Switch on “Evaluate during training” and train a model in the{' '}
            <a href="#train">playground</a>, or evaluate your own model now and then.
          </span>
        </p>
      )}
    </Panel>
  );
}

function Curves({ history }: { history: QualityPoint[] }) {
  const { frechet, shares } = useMemo(() => {
    const x = Float64Array.from(history, ({ step }) => step);
    const curve = (label: string, of: keyof QualityPoint, colorToken: string) => ({
      label,
      x,
      y: Float64Array.from(history, (point) => point[of]),
      colorToken,
    });
    return {
      frechet: [curve('Fréchet distance', 'frechet', '--series-1')],
      shares: [
        curve('precision', 'precision', '--series-1'),
        curve('recall', 'recall', '--series-2'),
        curve('memorised', 'memorised', '--series-3'),
      ],
    };
  }, [history]);
  const last = history.at(-1) as QualityPoint;
  const counts = new Set(history.map(({ count }) => count));
  return (
    <div className="quality-history columns columns--narrow" data-points={history.length}>
      <QualityPlot
        series={frechet}
        xLabel="step"
        logY
        label={`The Fréchet distance over training steps, last ${last.frechet.toFixed(2)} at step ${last.step}`}
      />
      <QualityPlot
        series={shares}
        xLabel="step"
        label={`Precision and recall over training steps, last ${last.precision.toFixed(2)} and ${last.recall.toFixed(2)}`}
      />
      {counts.size > 1 && (
        <p className="note">
          The points are of {[...counts].join(', ')} samples: compare only those of the same number.
        </p>
      )}
    </div>
  );
}
