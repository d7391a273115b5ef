import { explanations } from '../../../panels/sampling/explanations';
import type { SamplingSpeed } from '../../../store/samplingPace';
import { useStore } from '../../../store/store';
import { Segmented } from '../../../ui/controls/Segmented';

/** How fast a run and a replay go. */
export function SampleSpeed() {
  const speed = useStore((state) => state.sampling.speed);
  const setSamplingSpeed = useStore((state) => state.setSamplingSpeed);
  return (
    <Segmented
      label="Speed, steps/s"
      explanation={explanations.speed}
      value={String(speed)}
      options={speedOptions}
      onChange={(value) => setSamplingSpeed(speeds.find((each) => String(each) === value) ?? 'full')}
    />
  );
}

const speeds: SamplingSpeed[] = [1, 5, 20, 60, 'full'];

const speedOptions = speeds.map((speed) => ({
  value: String(speed),
  title: speed === 'full' ? 'Full' : String(speed),
}));
