import { useEffect, useState } from 'react';
import { isComparing } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { CommonFields } from './CommonFields';
import { ComparedGrid, type ShownQuantity } from './ComparedGrid';
import { ComparisonActions } from './ComparisonActions';
import { ComparisonProgress } from './ComparisonProgress';
import { ComparisonTable } from './ComparisonTable';
import { Difference } from './Difference';
import { PartScrubber } from './PartScrubber';
import { SideFields } from './SideFields';
import { useFirstComparison } from './useFirstComparison';
import './samplers.css';

/** Two samplers from the same noise, side by side: what they draw, what it costs, and how far apart they end. */
export function ComparisonPanel() {
  const [quantity, setQuantity] = useState<ShownQuantity>('x');
  const status = useStore((state) => state.comparison.status);
  const stop = useStore((state) => state.stopComparison);
  useEffect(() => stop, [stop]);
  useFirstComparison();
  return (
    <Panel
      id="compare-samplers"
      title="Side by side"
      lead="Two samplers start from the same noise and walk in step, by the part of the way that each has done."
    >
      <div className="samplers" data-status={status}>
        <div className="samplers-sides">
          <SideFields side={0} />
          <SideFields side={1} />
        </div>
        <CommonFields quantity={quantity} onQuantity={setQuantity} />
        <ComparisonActions />
        <ComparisonProgress />
        <div className="samplers-grids" aria-busy={isComparing({ status })}>
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
