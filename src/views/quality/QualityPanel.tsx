import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { ModelOriginChoice } from '../../panels/model/ModelOriginChoice';
import { Panel } from '../../ui/controls/Panel';
import { MeasuresTable } from './MeasuresTable';
import { QualityActions } from './QualityActions';
import { QualitySettings } from './QualitySettings';
import { useQuality } from './state';
import './quality.css';

/** Draws samples of a model and says how good, how varied and how new they are. */
export function QualityPanel() {
  const status = useQuality((state) => state.status);
  return (
    <Panel
      id="quality"
      title="Evaluation"
      lead="A few good images prove little. Here many samples are compared with images that the model never saw, and with noise."
    >
      <div className="quality stack" data-status={status}>
        <DatasetChoice />
        <ModelOriginChoice />
        <QualitySettings />
        <QualityActions />
        <MeasuresTable />
      </div>
    </Panel>
  );
}
