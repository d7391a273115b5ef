import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { DatasetChoice } from '../data/DatasetChoice';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { MeasuresTable } from './MeasuresTable';
import { QualityActions } from './QualityActions';
import { QualitySettings } from './QualitySettings';
import './quality.css';

/** Draws samples of a model and says how good, how varied and how new they are. */
export function QualityPanel() {
  const status = useStore((state) => state.quality.status);
  return (
    <Panel
      id="quality"
      title="Is it any good?"
      lead="Pictures that please one eye prove little. Here many samples are measured: against pictures that the model never saw, and against noise."
    >
      <div className="quality" data-status={status}>
        <DatasetChoice />
        <ModelOriginChoice />
        <QualitySettings />
        <QualityActions />
        <MeasuresTable />
      </div>
    </Panel>
  );
}
