import type { ReactNode } from 'react';
import { useStore } from '../../store/store';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { formatDuration } from '../../ui/formatDuration';
import { formatRate } from './formatRate';
import './TrainProgress.css';

/** Step k of N as a bar and a number; steps and pictures a second, and the time left. */
export function TrainProgress() {
  const step = useStore((state) => state.training.step);
  const target = useStore((state) => state.settings.training.steps);
  const speed = useStore((state) => state.training.speed);
  const status = useStore((state) => state.training.status);
  return (
    <div className="train-progress">
      <ProgressBar label="Training steps taken" done={step} total={Math.max(step, target)} status={status} />
      <dl className="train-progress__facts">
        <Fact name="Step" quantity="step">
          {step.toLocaleString('en')} <small>of {target.toLocaleString('en')}</small>
        </Fact>
        <Fact name="Steps a second" quantity="steps-per-second">
          {speed ? formatRate(speed.stepsPerSecond) : '–'}
        </Fact>
        <Fact name="Images a second" quantity="images-per-second">
          {speed ? formatRate(speed.imagesPerSecond) : '–'}
        </Fact>
        <Fact name="Time left" quantity="time-left">
          {speed && Number.isFinite(speed.secondsLeft) ? formatDuration(speed.secondsLeft) : '–'}
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, quantity, children }: { name: string; quantity: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-quantity={quantity}>{children}</dd>
    </div>
  );
}
