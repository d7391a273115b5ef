import { ComparisonPanel } from './ComparisonPanel';
import { ConvergencePanel } from './ConvergencePanel';
import { FrechetPanel } from './FrechetPanel';
import { SamplersHeadPanel } from './SamplersHeadPanel';

/** Ways back from noise to images, compared: what they draw, and what they cost. */
export default function SamplersView() {
  return (
    <div className="stack">
      <SamplersHeadPanel />
      <ComparisonPanel />
      <ConvergencePanel />
      <FrechetPanel />
    </div>
  );
}
