import { useEffect, useState } from 'react';
import { isRunning } from '../../store/studyRunner';
import { Panel } from '../../ui/controls/Panel';
import { CommonFields } from './CommonFields';
import { ComparedGrid, type ShownQuantity } from './ComparedGrid';
import { ComparisonActions } from './ComparisonActions';
import { ComparisonProgress } from './ComparisonProgress';
import { ComparisonTable } from './ComparisonTable';
import { useComparison } from './comparisonState';
import { Difference } from './Difference';
import { PartScrubber } from './PartScrubber';
import { SideFields } from './SideFields';
import { useFirstComparison } from './useFirstComparison';
import './samplers.css';

/** Two samplers from the same noise, side by side: what they draw, what it costs, and how far apart they end. */
export function ComparisonPanel() {
  const [quantity, setQuantity] = useState<ShownQuantity>('x');
  const status = useComparison((state) => state.status);
  const stop = useComparison((state) => state.stop);
  useEffect(() => stop, [stop]);
  useFirstComparison();
  return (
    <Panel
      id="compare-samplers"
      title="Comparison"
      lead="Two samplers start from the same noise. Both are shown at the same fraction of their steps."
    >
      <div className="samplers stack" data-status={status}>
        <div className="columns">
          <SideFields side="a" />
          <SideFields side="b" />
        </div>
        <CommonFields quantity={quantity} onQuantity={setQuantity} />
        <ComparisonActions />
        <ComparisonProgress />
        <div className="samplers-grids images images--3 images--named" aria-busy={isRunning({ status })}>
          <ComparedGrid side={0} quantity={quantity} />
          <ComparedGrid side={1} quantity={quantity} />
          <Difference />
        </div>
        <PartScrubber />
        <ComparisonTable />
      </div>
    </Panel>
  );
}
