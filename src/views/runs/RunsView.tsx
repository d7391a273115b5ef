import { ComparePanel } from './compare/ComparePanel';
import { SamplesPanel } from './compare/SamplesPanel';
import { RunsPanel } from './list/RunsPanel';
import { RepeatPanel } from './repeat/RepeatPanel';
import './runs.css';

/** What a change of a setting does: runs that are kept, compared and trained again. */
export default function RunsView() {
  return (
    <div className="runs">
      <div className="stack">
        <RunsPanel />
        <RepeatPanel />
      </div>
      <div className="stack">
        <ComparePanel />
        <SamplesPanel />
      </div>
    </div>
  );
}
