import { DistillationHeadPanel } from './DistillationHeadPanel';
import { LossPanel } from './LossPanel';
import { StudentPanel } from './StudentPanel';
import { TeacherStudentPanel } from './TeacherStudentPanel';
import './askBeforeLeaving';
import './distillation.css';

/** A student that learns to draw in few steps, beside its teacher. */
export default function DistillationView() {
  return (
    <div className="stack">
      <DistillationHeadPanel />
      <TeacherStudentPanel />
      <div className="panels">
        <LossPanel />
        <StudentPanel />
      </div>
    </div>
  );
}
