import { partDone } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { SliderField } from '../../ui/controls/SliderField';
import { explanations } from './explanations';

/** One slider for both: the part of the way that is shown, as far as both have come. */
export function PartScrubber() {
  const done = useStore((state) => partDone(state.comparison.runs));
  const part = useStore((state) => state.comparison.part);
  const begun = useStore((state) => state.comparison.runs !== null);
  const showPart = useStore((state) => state.showPart);
  const shown = Math.min(part ?? done, done);
  return (
    <SliderField
      label="Part of the way"
      explanation={explanations.part}
      value={Math.round(100 * shown)}
      min={0}
      max={100}
      disabled={!begun}
      onChange={(percent) => showPart(percent / 100 >= done ? null : percent / 100)}
      format={(percent) => (percent === 0 ? 'noise' : percent === 100 ? 'picture' : `${percent} %`)}
    />
  );
}
