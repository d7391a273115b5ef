import { BoundPanel } from './BoundPanel';
import { LiveLossPanel } from './LiveLossPanel';
import { TermsPanel } from './TermsPanel';
import { WeightPanel } from './WeightPanel';

/** The variational bound, term by term, and what training makes of it. */
export default function BoundView() {
  return (
    <div className="stack">
      <BoundPanel />
      <div className="panels">
        <TermsPanel />
        <WeightPanel />
      </div>
      <LiveLossPanel />
    </div>
  );
}
