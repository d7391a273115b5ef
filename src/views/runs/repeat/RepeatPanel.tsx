import { Explanation } from '../../../ui/controls/Explanation';
import { Panel } from '../../../ui/controls/Panel';
import { explanations } from '../help';
import { PlanForm } from './PlanForm';
import { QueueProgress } from './QueueProgress';
import { useQueue } from './usePlan';

/** The same again with other values of one or two settings. */
export function RepeatPanel() {
  const busy = useQueue(({ status }) => status === 'running' || status === 'paused');
  return (
    <Panel
      id="repeat"
      title="Train again"
      lead="Change one or two settings, and train a run for each of their values. The comparison grows while they train."
      actions={<Explanation about="Train again">{explanations.repeat}</Explanation>}
    >
      <div className="stack gap-3">
        {!busy && <PlanForm />}
        <QueueProgress />
      </div>
    </Panel>
  );
}
