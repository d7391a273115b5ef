import { Sparkles, StepForward } from 'lucide-react';
import { useSampledModel } from '../../../panels/model/useModel';
import { isActive } from '../../../store/samplingSlice';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { PauseButton, StopButton } from '../../../ui/controls/RunButtons';

/** Start, hold, one step, stop. */
export function SampleActions() {
  const model = useSampledModel();
  const status = useStore((state) => state.sampling.status);
  const { startSampling, pauseSampling, resumeSampling, stepSampling, stopSampling } = useStore.getState();
  const running = status === 'running';
  const active = isActive({ status });
  return (
    <div className="sample-actions row">
      <Button variant="primary" icon={Sparkles} disabled={!model} onClick={() => void startSampling(model)}>
        Sample
      </Button>
      <PauseButton
        paused={status === 'paused'}
        disabled={!active}
        onPause={pauseSampling}
        onResume={resumeSampling}
      />
      <Button
        icon={StepForward}
        disabled={!model || running}
        onClick={() => (status === 'paused' ? stepSampling() : void startSampling(model, { hold: true }))}
      >
        One step
      </Button>
      <StopButton disabled={!active} onStop={stopSampling} />
    </div>
  );
}
