import { DistillationPanel } from './DistillationPanel';
import { ImagesPanel } from './ImagesPanel';
import { LossPanel } from './LossPanel';
import { StudentPanel } from './StudentPanel';
import './askBeforeLeaving';
import './distillation.css';

/** A student that learns to draw in few steps, beside its teacher. */
export default function DistillationView() {
  return (
    <div className="stack">
      <DistillationPanel />
      <ImagesPanel />
      <div className="panels">
        <LossPanel />
        <StudentPanel />
      </div>
    </div>
  );
}
