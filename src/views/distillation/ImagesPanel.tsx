import { isRunning } from '../../store/studyRunner';
import { Panel } from '../../ui/controls/Panel';
import { CostTable } from './CostTable';
import { DrawnGrid } from './DrawnGrid';
import { useDistillation } from './state';

/** What teacher and student draw from the same noise, and what it costs. */
export function ImagesPanel() {
  const status = useDistillation((state) => state.status);
  return (
    <Panel
      id="teacher-student"
      title="Teacher and student"
      lead="The same noise at the same place of each grid. The student’s images are drawn again as it learns."
    >
      <div className="stack">
        <div className="distillation-grids images images--3" aria-busy={isRunning({ status })}>
          <DrawnGrid of="teacher" />
          <DrawnGrid of="teacherInFew" />
          <DrawnGrid of="student" />
        </div>
        <CostTable />
      </div>
    </Panel>
  );
}
