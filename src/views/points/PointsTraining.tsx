import { Pause, Play, RotateCcw, Sparkles } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { straightness } from '../../engine/points/paths';
import { useValues } from '../../panels/settings/useSettings';
import { lossCurve } from '../../panels/training/lossCurve';
import { useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { Button } from '../../ui/controls/Button';
import { Problem } from '../../ui/controls/Problem';
import { formatDuration } from '../../ui/formatDuration';
import { formatQuantity } from '../../ui/formatQuantity';
import { LinePlot } from '../../ui/plot/LinePlot';
import { QuantityRow, QuantityTable } from '../../ui/quantityTable/QuantityTable';
import { pointsGroup } from './settings';
import { isPretrained, shippedFor } from './state';
import { pointsStore, usePoints } from './usePoints';

/** Start, pause, begin anew; how far it is, how good, and the curves of both. */
export function PointsTraining() {
  const problem = usePoints((state) => state.problem);
  return (
    <div className="stack gap-3">
      <Buttons />
      <Problem>{problem}</Problem>
      <Pretrained />
      <Numbers />
      <Curves />
      <Summary />
    </div>
  );
}

function Buttons() {
  const status = usePoints((state) => state.status);
  const step = usePoints((state) => state.step);
  const empty = usePoints((state) => state.opened === null);
  const ready = usePoints(isPretrained);
  const shipped = shippedFor(useValues(pointsGroup)) !== null;
  const { train, trainNew, pause, reset, openShipped } = pointsStore.getState();
  const opening = status === 'opening';
  if (ready) {
    return (
      <div className="row">
        <Button
          variant="primary"
          style={{ minWidth: '11rem' }}
          icon={Play}
          disabled={opening}
          onClick={() => void trainNew()}
        >
          Train from new weights
        </Button>
      </div>
    );
  }
  const training = status === 'training';
  return (
    <div className="row">
      <Button
        variant="primary"
        style={{ minWidth: '11rem' }}
        icon={training ? Pause : Play}
        disabled={empty || opening}
        onClick={() => void (training ? pause() : train())}
      >
        {training ? 'Pause' : step > 0 ? 'Train on' : 'Start training'}
      </Button>
      <Button icon={RotateCcw} disabled={step === 0} onClick={() => void reset()}>
        Restart
      </Button>
      {shipped && (
        <Button icon={Sparkles} disabled={training || opening} onClick={() => void openShipped()}>
          Pretrained
        </Button>
      )}
    </div>
  );
}

/** What the trained model that ships is, while it is the one that is shown. */
function Pretrained() {
  const ready = usePoints(isPretrained);
  const trained = usePoints((state) => state.opened?.trained);
  if (!ready || !trained) return null;
  return (
    <p className="note" data-pretrained>
      This model comes with the page. It was trained with this engine, {trained.steps.toLocaleString('en')}{' '}
      steps in {formatDuration(trained.seconds)}. Its samples are drawn live.
    </p>
  );
}

function Numbers() {
  const step = usePoints((state) => state.step);
  const losses = usePoints((state) => state.losses);
  const seconds = usePoints((state) => state.seconds);
  const speed = usePoints((state) => state.stepsPerSecond);
  const quality = usePoints((state) => state.quality);
  const opened = usePoints((state) => state.opened);
  const trained = usePoints((state) => (isPretrained(state) ? state.opened?.trained : null));
  const loss = trained?.loss ?? (step > 0 ? losses.recentMean(100) : null);
  const error = quality ? rootMean(quality.errors) : null;
  return (
    <QuantityTable caption="How far the network is" valueTitle="Value now">
      <QuantityRow id="points-step" symbol="k" value={(trained?.steps ?? step).toLocaleString('en')}>
        steps of Adam
        {!trained && `, ${Math.round(speed).toLocaleString('en')} a second, ${seconds.toFixed(1)} s in all`}
      </QuantityRow>
      <QuantityRow id="points-loss" symbol="L" value={loss === null ? '–' : loss.toFixed(4)}>
        loss: mean squared error of ε, over the last {trained ? '1,000' : '100'} steps
      </QuantityRow>
      <QuantityRow id="points-error" symbol="|ε̂−ε|" value={error === null ? '–' : formatQuantity(error)}>
        distance of the learned field to the exact one (RMS, over all t)
      </QuantityRow>
      <QuantityRow
        id="points-distance"
        symbol="D"
        value={quality ? formatQuantity(Math.max(quality.distance, 1e-6)) : '–'}
      >
        energy distance of the samples to the data
        {opened && ` (fresh data ${formatQuantity(opened.fresh)}, noise ${formatQuantity(opened.ofNoise)})`}
      </QuantityRow>
      <Straightness />
    </QuantityTable>
  );
}

/** How straight the paths of the samples are, learned beside exact. */
function Straightness() {
  const { nSteps, schedule } = useValues(pointsGroup);
  const { learned, exact } = usePoints((state) => state.paths);
  const diffusion = useMemo(() => createDiffusion(schedule, nSteps), [schedule, nSteps]);
  const ratio = useMemo(() => learned && straightness(diffusion, learned), [diffusion, learned]);
  const ofExact = useMemo(() => exact && straightness(diffusion, exact), [diffusion, exact]);
  return (
    <QuantityRow id="points-straightness" symbol="ℓ" value={ratio ? ratio.toFixed(3) : '–'}>
      length of the samples’ paths over the straight line from noise to data; 1 is straight
      {ofExact && ` (exact field ${ofExact.toFixed(3)})`}
    </QuantityRow>
  );
}

function Curves() {
  const step = usePoints((state) => state.step);
  const losses = usePoints((state) => state.losses);
  const quality = usePoints((state) => state.quality);
  const time = Math.round(useValues(pointsGroup).time);
  const loss = useMemo(() => {
    const { steps: x, raw, smoothed } = step > 0 ? lossCurve(losses, 600) : emptyCurve;
    return [
      { label: 'loss', x, y: raw, colorToken: '--series-1', faint: true },
      { label: 'mean', x, y: smoothed, colorToken: '--series-1' },
    ];
  }, [losses, step]);
  const errors = useMemo(
    () => [
      {
        label: 'RMS',
        x: Float64Array.from(quality?.times ?? [], (t) => t + 1),
        y: quality?.errors ?? new Float32Array(),
        colorToken: '--bad',
      },
    ],
    [quality],
  );
  return (
    <div className="columns columns--narrow">
      <figure>
        <figcaption className="note">Loss over the steps, logarithmic</figcaption>
        <div className="plot">
          <LinePlot series={loss} logY xLabel="step" label="Loss of every step, and its moving average" />
        </div>
      </figure>
      <figure>
        <figcaption className="note">
          Error of the field over <i className="math">t</i>
        </figcaption>
        <div className="plot">
          <LinePlot
            series={errors}
            marker={time}
            xLabel="t"
            label="RMS of learned minus exact noise over t"
          />
        </div>
      </figure>
    </div>
  );
}

const emptyCurve = { steps: new Float64Array(), raw: new Float32Array(), smoothed: new Float32Array() };

/** The state in a sentence, for screen readers: every few seconds while it changes. */
function Summary() {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setInterval(() => {
      const { status, step, losses, quality } = pointsStore.getState();
      const { time, nSteps } = valuesOf(useStore.getState(), pointsGroup);
      if (step === 0) return;
      const distance = quality ? `, distance of the samples ${formatQuantity(quality.distance)}` : '';
      setText(
        `${status === 'training' ? 'Training' : 'Paused'} at step ${step}: loss ${losses.recentMean(100).toFixed(3)}${distance}. ` +
          `t is ${Math.round(time)} of ${nSteps}.`,
      );
    }, 4000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}

function rootMean(errors: Float32Array): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / Math.max(1, errors.length));
}
