import type { ReactNode } from 'react';
import { useStore } from '../../store/store';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { formatDuration } from '../../ui/formatDuration';
import { formatRate } from '../../ui/formatRate';
import './TrainProgress.css';

/** Step k of N as a bar and a number; steps and images a second, and the time left. */
export function TrainProgress() {
  const step = useStore((state) => state.training.step);
  const target = useStore((state) => state.values.settings.training.steps);
  const speed = useStore((state) => state.training.speed);
  const status = useStore((state) => state.training.status);
  return (
    <div className="train-progress stack gap-3">
      <ProgressBar label="Training steps taken" done={step} total={Math.max(step, target)} status={status} />
      <Announced step={step} target={target} />
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

/** For screen readers, at every tenth of the way: how far it is, and that there are new samples. */
function Announced({ step, target }: { step: number; target: number }) {
  const tenths = Math.floor((10 * step) / target);
  const samples = useStore((state) => state.training.preview !== null);
  return (
    <p className="visually-hidden" aria-live="polite">
      {tenths > 0 && `${10 * tenths} % of the training steps taken${samples ? ', new samples drawn' : ''}`}
    </p>
  );
}
