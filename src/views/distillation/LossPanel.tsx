import { useMemo } from 'react';
import { useValues } from '../../panels/settings/useSettings';
import { lossCurve } from '../../panels/training/lossCurve';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { PlotBox } from '../../ui/plot/PlotBox';
import { equations, explanations } from './help';
import { distillationGroup } from './settings';
import { useDistillation } from './state';

/** Two a pixel of the widest plot. */
const maxPoints = 1000;

/** What the student minimises, and how far it has come. */
export function LossPanel() {
  const { method } = useValues(distillationGroup);
  const { tex, words, note, source } = equations[method];
  return (
    <Panel
      id="distillation-loss"
      title="Loss"
      lead={
        <>
          The student starts from the weights of its teacher. It is a flow: it predicts the velocity{' '}
          <i className="math">u</i> on the straight line from image (<i className="math">s</i> = 0) to noise (
          <i className="math">s</i> = 1).
        </>
      }
    >
      <div className="stack gap-3">
        <Equation tex={tex} label={words} />
        <p className="note">
          {note} Source: <a href={source.address}>{source.title}</a>.
        </p>
        <LossPlot />
      </div>
    </Panel>
  );
}

function LossPlot() {
  const losses = useDistillation((state) => state.losses);
  const learned = useDistillation((state) => state.learned);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the losses grow in place, with the steps.
  const { steps, raw, smoothed } = useMemo(() => lossCurve(losses, maxPoints), [losses, learned]);
  const series = useMemo(
    () => [
      { label: 'loss', x: steps, y: raw, colorToken: '--series-1', faint: true },
      { label: 'smoothed', x: steps, y: smoothed, colorToken: '--series-1' },
    ],
    [steps, raw, smoothed],
  );
  const last = smoothed.at(-1);
  if (last === undefined) return <p className="empty">The loss of every training step will be drawn here.</p>;
  return (
    <figure>
      <figcaption className="row gap-1 note">
        Mean squared error of the velocity: <output data-quantity="loss">{last.toFixed(4)}</output>
        <Explanation about="the loss">{explanations.loss}</Explanation>
      </figcaption>
      <PlotBox
        series={series}
        logY
        xLabel="step"
        label={`The loss over ${learned.toLocaleString('en')} training steps: smoothed from ${smoothed[0]?.toFixed(3)} to ${last.toFixed(3)}`}
      />
    </figure>
  );
}
