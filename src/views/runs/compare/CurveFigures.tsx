import { memo, type ReactNode, useMemo, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import { useValues } from '../../../panels/settings/useSettings';
import { Explanation } from '../../../ui/controls/Explanation';
import type { Reading } from '../../../ui/plot/Plot';
import { PlotBox } from '../../../ui/plot/PlotBox';
import type { PlotSeries } from '../../../ui/plot/series';
import { explanations } from '../help';
import type { Run } from '../record/run';
import { runsGroup } from '../settings';
import { errorSeries, heldOutSeries, lossSeries } from './curves';
import { type CursorReadings, RunsLegend } from './RunsLegend';

const axisNames = { steps: 'step', images: 'images seen', time: 'seconds' } as const;

/** Training and held-out loss under one cursor with the key of all curves, and the squared error by t. */
export function CurveFigures({ runs }: { runs: readonly Run[] }) {
  const shown = useValues(runsGroup);
  const { axis, logarithmic } = shown;
  const training = useMemo(() => lossSeries(runs, shown), [runs, shown]);
  const heldOut = useMemo(() => heldOutSeries(runs, axis), [runs, axis]);
  const byTime = useMemo(() => errorSeries(runs), [runs]);
  const [cursor] = useState(newCursor);
  const common = { xLabel: axisNames[axis], logY: logarithmic, cursorName: 'runs' };
  // Where raw losses are drawn too, the smoothed one of a run comes after its raw one.
  const each = training.length / Math.max(1, runs.length);
  return (
    <div className="stack gap-2">
      <Figure title="Training loss" series={training} onRead={cursor.readTraining} {...common} />
      <RunsLegend runs={runs} xName={axisNames[axis]} curvesEach={each} cursor={cursor.store} />
      <div className="columns runs__plots">
        <Figure title="Held-out loss" series={heldOut} onRead={cursor.readHeldOut} {...common}>
          {explanations.heldOut}
        </Figure>
        <Figure title="Squared error by t" series={byTime} xLabel="t" logY />
      </div>
    </div>
  );
}

/** Where the shared cursor is: apart from the plots, which it must not draw again. */
function newCursor() {
  const store = createStore<CursorReadings>(() => ({ training: null, heldOut: null }));
  return {
    store,
    readTraining: (training: Reading | null) => store.setState({ training }),
    readHeldOut: (heldOut: Reading | null) => store.setState({ heldOut }),
  };
}

interface FigureProps {
  title: string;
  series: readonly PlotSeries[];
  xLabel: string;
  logY: boolean;
  cursorName?: string;
  onRead?: (reading: Reading | null) => void;
  /** Its explanation. */
  children?: ReactNode;
}

const Figure = memo(({ title, series, children, ...plot }: FigureProps) => {
  const known = series.filter(({ y }) => y.length > 0);
  const ends = known.map(({ label, y }) => `${label} ends at ${y.at(-1)?.toFixed(4)}`);
  return (
    <figure className="stack gap-1" data-curves={known.length}>
      <figcaption className="row gap-1 note">
        {title}
        {children && <Explanation about={title}>{children}</Explanation>}
      </figcaption>
      <PlotBox
        series={series}
        label={known.length === 0 ? `${title}: none yet` : `${title}: ${ends.join(', ')}`}
        {...plot}
        empty={known.length === 0 && 'Nothing is known of these runs yet.'}
      />
    </figure>
  );
});
