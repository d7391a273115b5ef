import { Suspense } from 'react';
import { lazyPart } from '../lazyPart';
import type { LinePlotProps } from './LinePlot';

/** uPlot loads after the first paint. */
const LinePlot = lazyPart(() => import('./LinePlot').then(({ LinePlot }) => ({ default: LinePlot })));

interface PlotBoxProps extends LinePlotProps {
  /** Gives the box its height. */
  className?: string;
  /** Said over the axes while nothing is drawn. */
  empty?: string | false;
}

/** Curves in their box. */
export function PlotBox({ className = 'plot plot--high', empty, ...plot }: PlotBoxProps) {
  return (
    <div className={className}>
      <Suspense fallback={null}>
        <LinePlot {...plot} />
      </Suspense>
      {empty && <p className="empty">{empty}</p>}
    </div>
  );
}
