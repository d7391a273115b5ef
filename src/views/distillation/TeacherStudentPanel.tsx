import { useShallow } from 'zustand/react/shallow';
import { useModelConfig } from '../../panels/model/useModel';
import { useStore } from '../../store/store';
import { isRunning } from '../../store/studyRunner';
import { Panel } from '../../ui/controls/Panel';
import { CostTable } from './CostTable';
import { DistillationActions } from './DistillationActions';
import { DistillationProgress } from './DistillationProgress';
import { DrawnGrid } from './DrawnGrid';
import { DistillationField } from './help';
import { distillationProblem, fieldProblems } from './problems';
import { useDistillation } from './state';

/** How the student learns, and what teacher and student draw from the same noise meanwhile. */
export function TeacherStudentPanel() {
  const blocked = useStore((state) => distillationProblem(state) !== null);
  const status = useDistillation((state) => state.status);
  return (
    <Panel
      id="teacher-student"
      title="Teacher and student"
      lead="Teacher and student start from the same noise, so images at the same place belong together. The student’s images are drawn again as it learns."
    >
      <div className="stack">
        <Settings />
        <DistillationActions blocked={blocked} />
        <DistillationProgress blocked={blocked} />
        <div className="distillation-grids images images--3 images--named" aria-busy={isRunning({ status })}>
          <DrawnGrid of="teacher" />
          <DrawnGrid of="teacherInFew" />
          <DrawnGrid of="student" />
        </div>
        <CostTable />
      </div>
    </Panel>
  );
}

function Settings() {
  const problems = useStore(useShallow(fieldProblems));
  const { nClasses } = useModelConfig();
  return (
    <div className="stack gap-3">
      <DistillationField of="method" as="segmented" />
      <div className="fields">
        <DistillationField of="teacherSteps" problem={problems.teacherSteps} />
        <DistillationField of="studentSteps" problem={problems.studentSteps} />
        <DistillationField of="steps" problem={problems.steps} />
        <DistillationField of="pairs" />
        <DistillationField of="batchSize" />
        <DistillationField of="learningRate" />
        <DistillationField of="emaDecay" />
        {nClasses > 0 && <DistillationField of="guidance" />}
        <DistillationField of="samples" />
        <DistillationField of="seed" as="seed" />
      </div>
    </div>
  );
}
