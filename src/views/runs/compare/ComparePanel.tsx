import { Panel } from '../../../ui/controls/Panel';
import { RunsField } from '../help';
import { EvaluateRuns } from '../quality/EvaluateRuns';
import type { Run } from '../record/run';
import { ShareComparison } from '../share/ShareComparison';
import { useCompared } from '../useRuns';
import { CurveFigures } from './CurveFigures';
import { RunsTable } from './RunsTable';
import { differingSettings, metrics } from './table';

/** The runs that are switched on, over each other and side by side. */
export function ComparePanel() {
  const runs = useCompared();
  return (
    <Panel
      id="compare"
      title="Compare"
      lead="The losses of the chosen runs over each other, and what differs between them."
    >
      {runs.length === 0 ? (
        <p className="empty">Switch on a run in the list to see its curves. Up to ten can be compared.</p>
      ) : (
        <div className="stack" data-compared={runs.length}>
          <div className="columns runs__fields">
            <RunsField of="axis" as="segmented" />
            <RunsField of="curves" as="segmented" />
            <RunsField of="smoothing" as="slider" />
            <RunsField of="logarithmic" />
          </div>
          <CurveFigures runs={runs} />
          <Tables runs={runs} />
          <ShareComparison runs={runs} />
        </div>
      )}
    </Panel>
  );
}

function Tables({ runs }: { runs: readonly Run[] }) {
  const settings = differingSettings(runs);
  return (
    <>
      {settings.length > 0 ? (
        <RunsTable title="Settings that differ" runs={runs} rows={settings} />
      ) : (
        runs.length > 1 && <p className="note">These runs have the same settings.</p>
      )}
      <RunsTable title="Metrics" runs={runs} rows={metrics(runs)} />
      <EvaluateRuns runs={runs} />
    </>
  );
}
