import { SliderField } from '../../ui/controls/SliderField';
import { partDone, useComparison } from './comparisonState';
import { explanations } from './help';

/** One slider for both: the part of the way that is shown, as far as both have come. */
export function PartScrubber() {
  const done = useComparison((state) => partDone(state.runs));
  const part = useComparison((state) => state.part);
  const begun = useComparison((state) => state.runs !== null);
  const showPart = useComparison((state) => state.showPart);
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
      format={(percent) => (percent === 0 ? 'noise' : percent === 100 ? 'image' : `${percent} %`)}
    />
  );
}
