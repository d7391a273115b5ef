import { CodePanel } from '../../panels/code/CodePanel';
import { qSampleSnippet, scheduleSnippet } from '../../panels/code/snippets';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { CompareSchedulesPanel } from './CompareSchedulesPanel';
import { DrawSchedulePanel } from './DrawSchedulePanel';
import { StepsAndJumpPanel } from './StepsAndJumpPanel';
import { forwardLabGroup } from './settings';
import { scheduleIdOf } from './state';

/** The forward process taken apart: steps and jump, and what a schedule is. */
export default function ForwardView() {
  return (
    <div className="stack">
      <StepsAndJumpPanel />
      <div className="panels">
        <CompareSchedulesPanel />
        <DrawSchedulePanel />
      </div>
      <ForwardCode />
    </div>
  );
}

function ForwardCode() {
  const values = useValues(forwardLabGroup);
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  const schedule = scheduleSnippet(scheduleIdOf(values.first, values), nSteps);
  return <CodePanel snippets={[schedule, qSampleSnippet]} />;
}
