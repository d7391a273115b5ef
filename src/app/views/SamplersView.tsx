import { ComparisonPanel } from '../../panels/samplers/ComparisonPanel';
import { ConvergencePanel } from '../../panels/samplers/ConvergencePanel';
import { SamplersHeadPanel } from '../../panels/samplers/SamplersHeadPanel';
import './SamplersView.css';

/** Ways back from noise to pictures, compared: what they draw, and what they cost. */
export default function SamplersView() {
  return (
    <div className="samplers-view">
      <SamplersHeadPanel />
      <ComparisonPanel />
      <ConvergencePanel />
    </div>
  );
}
