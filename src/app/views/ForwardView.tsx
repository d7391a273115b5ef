import { CompareSchedulesPanel } from '../../panels/forwardLab/CompareSchedulesPanel';
import { DrawSchedulePanel } from '../../panels/forwardLab/DrawSchedulePanel';
import { StepsAndJumpPanel } from '../../panels/forwardLab/StepsAndJumpPanel';
import './ForwardView.css';

/** The forward process taken apart: steps and jump, and what a schedule is. */
export default function ForwardView() {
  return (
    <div className="forward-view">
      <StepsAndJumpPanel />
      <CompareSchedulesPanel />
      <DrawSchedulePanel />
    </div>
  );
}
