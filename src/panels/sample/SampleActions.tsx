import { Pause, Play, Sparkles, Square, StepForward } from 'lucide-react';
import type { SamplingSpeed } from '../../store/samplingPace';
import { isActive } from '../../store/samplingSlice';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Segmented } from '../../ui/controls/Segmented';
import { explanations } from './explanations';
import { useSampledModel } from './useModel';
import './SampleActions.css';

/** Start, hold, one step, stop, and how fast. */
export function SampleActions() {
  const model = useSampledModel();
  const status = useStore((state) => state.sampling.status);
  const speed = useStore((state) => state.sampling.speed);
  const { startSampling, pauseSampling, resumeSampling, stepSampling, stopSampling, setSamplingSpeed } =
    useStore.getState();
  const running = status === 'running';
  const active = isActive({ status });
  return (
    <div className="sample-actions">
      <div className="sample-actions__buttons">
        <Button
          variant="primary"
          icon={<Sparkles size={16} aria-hidden />}
          disabled={!model}
          onClick={() => void startSampling(model)}
        >
          Sample
        </Button>
        {status === 'paused' ? (
          <Button
            className="sample-actions__hold"
            icon={<Play size={16} aria-hidden />}
            onClick={resumeSampling}
          >
            Resume
          </Button>
        ) : (
          <Button
            className="sample-actions__hold"
            icon={<Pause size={16} aria-hidden />}
            disabled={!running}
            onClick={pauseSampling}
          >
            Pause
          </Button>
        )}
        <Button
          icon={<StepForward size={16} aria-hidden />}
          disabled={!model || running}
          onClick={() => (status === 'paused' ? stepSampling() : void startSampling(model, 'one step'))}
        >
          One step
        </Button>
        <Button icon={<Square size={15} aria-hidden />} disabled={!active} onClick={stopSampling}>
          Stop
        </Button>
      </div>
      <div className="sample-actions__speed">
        <Segmented
          label="Speed, steps/s"
          explanation={explanations.speed}
          value={String(speed)}
          options={speedOptions}
          onChange={(value) => setSamplingSpeed(speeds.find((each) => String(each) === value) ?? 'full')}
        />
      </div>
    </div>
  );
}

const speeds: SamplingSpeed[] = [1, 5, 20, 60, 'full'];

const speedOptions = speeds.map((speed) => ({
  value: String(speed),
  title: speed === 'full' ? 'Full' : String(speed),
}));
