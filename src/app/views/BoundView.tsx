import { BoundPanel } from '../../panels/bound/BoundPanel';
import { LiveLossPanel } from '../../panels/bound/LiveLossPanel';
import { TermsPanel } from '../../panels/bound/TermsPanel';
import { WeightPanel } from '../../panels/bound/WeightPanel';
import '../../ui/desk.css';
import '../../panels/bound/bound.css';
import './BoundView.css';

/** The variational bound, term by term, and what training makes of it. */
export default function BoundView() {
  return (
    <div className="bound-view">
      <BoundPanel />
      <div className="bound-view__pair">
        <TermsPanel />
        <WeightPanel />
      </div>
      <LiveLossPanel />
    </div>
  );
}
