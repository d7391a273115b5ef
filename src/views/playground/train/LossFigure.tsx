import { useMemo, useState } from 'react';
import { explanations } from '../../../panels/training/explanations';
import { lossCurve } from '../../../panels/training/lossCurve';
import { useStore } from '../../../store/store';
import { Explanation } from '../../../ui/controls/Explanation';
import { Segmented } from '../../../ui/controls/Segmented';
import { PlotBox } from '../../../ui/plot/PlotBox';
import { SaveLosses } from './SaveLosses';
import './LossFigure.css';

/** Two a pixel of the widest plot. */
const maxPoints = 1500;
/** The number beside the plot is the mean of this many steps. */
const meanOf = 100;

/** The loss of every step, thin, and its moving average, strong; live. */
export function LossFigure() {
  const [scale, setScale] = useState<'log' | 'linear'>('log');
  return (
    <figure className="loss-figure">
      <figcaption className="loss-figure__head">
        <LossReading />
        <div className="loss-figure__controls">
          <SaveLosses />
          <Segmented label="Loss axis" labelHidden value={scale} options={scales} onChange={setScale} />
        </div>
      </figcaption>
      <LossPlot logY={scale === 'log'} />
      <LossLegend />
    </figure>
  );
}

const scales = [
  { value: 'log', title: 'Log' },
  { value: 'linear', title: 'Linear' },
] as const;

function LossReading() {
  const losses = useStore((state) => state.training.losses);
  const step = useStore((state) => state.training.step);
  const mean = useMemo(() => (step > 0 ? losses.recentMean(meanOf) : Number.NaN), [losses, step]);
  const last = losses.raw.at(-1);
  return (
    <div className="loss-figure__reading">
      <span className="plot-name">
        Loss, mean of the last {meanOf} steps
        <Explanation about="the loss">{explanations.loss}</Explanation>
      </span>
      <output className="loss-figure__value" data-quantity="loss">
        {Number.isFinite(mean) ? mean.toFixed(4) : '–'}
      </output>
      <span className="loss-figure__last">
        {last !== undefined && (
          <>
            last <span data-quantity="last-loss">{last.toFixed(4)}</span>
          </>
        )}
      </span>
    </div>
  );
}

/** Which line is which, with the newest value on held-out images. */
function LossLegend() {
  const last = useStore((state) => state.training.heldOutLosses.at(-1));
  if (!last) return null;
  return (
    <ul className="loss-figure__legend" aria-label="The lines">
      <li className="loss-figure__line">training</li>
      <li className="loss-figure__line loss-figure__line--held-out">
        held-out <span data-quantity="held-out-loss">{last.loss.toFixed(4)}</span>
        <Explanation about="the held-out loss">{explanations.heldOutLoss}</Explanation>
      </li>
    </ul>
  );
}

function LossPlot({ logY }: { logY: boolean }) {
  const losses = useStore((state) => state.training.losses);
  const step = useStore((state) => state.training.step);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the losses grow in place, with the step.
  const { steps, raw, smoothed } = useMemo(() => lossCurve(losses, maxPoints), [losses, step]);
  const heldOut = useStore((state) => state.training.heldOutLosses);
  const series = useMemo(
    () => [
      { label: 'loss', x: steps, y: raw, colorToken: '--series-1', faint: true },
      { label: 'smoothed', x: steps, y: smoothed, colorToken: '--series-1' },
      {
        label: 'held-out',
        x: Float64Array.from(heldOut, ({ step }) => step),
        y: Float64Array.from(heldOut, ({ loss }) => loss),
        colorToken: '--series-2',
      },
    ],
    [steps, raw, smoothed, heldOut],
  );
  const last = smoothed.at(-1);
  return (
    <PlotBox
      className="plot"
      series={series}
      logY={logY}
      xLabel="step"
      label={
        last === undefined
          ? 'The loss over the training steps: none yet'
          : `The loss over ${steps.at(-1)?.toLocaleString('en')} training steps: smoothed from ${smoothed[0]?.toFixed(3)} to ${last.toFixed(3)}`
      }
      empty={last === undefined && 'The loss of every step will be drawn here.'}
    />
  );
}
