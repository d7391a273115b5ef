import { Pause, Play, Sparkles, Square, StepForward } from 'lucide-react';
import { useSampledModel } from '../../../panels/model/useModel';
import { isActive } from '../../../store/samplingSlice';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import './SampleActions.css';

/** Start, hold, one step, stop. */
export function SampleActions() {
  const model = useSampledModel();
  const status = useStore((state) => state.sampling.status);
  const { startSampling, pauseSampling, resumeSampling, stepSampling, stopSampling } = useStore.getState();
  const running = status === 'running';
  const active = isActive({ status });
  return (
    <div className="sample-actions">
      <Button variant="primary" icon={Sparkles} disabled={!model} onClick={() => void startSampling(model)}>
        Sample
      </Button>
      {status === 'paused' ? (
        <Button className="sample-actions__hold" icon={Play} onClick={resumeSampling}>
          Resume
        </Button>
      ) : (
        <Button className="sample-actions__hold" icon={Pause} disabled={!running} onClick={pauseSampling}>
          Pause
        </Button>
      )}
      <Button
        icon={StepForward}
        disabled={!model || running}
        onClick={() => (status === 'paused' ? stepSampling() : void startSampling(model, { hold: true }))}
      >
        One step
      </Button>
      <Button icon={Square} iconSize={15} disabled={!active} onClick={stopSampling}>
        Stop
      </Button>
    </div>
  );
}
