import { CheckpointsPanel } from '../../panels/models/CheckpointsPanel';
import { ExportPanel } from '../../panels/models/ExportPanel';
import { ImportPanel } from '../../panels/models/ImportPanel';
import { ReadyMadePanel } from '../../panels/models/ReadyMadePanel';
import '../../panels/models/models.css';
import './ModelsView.css';

/** Models in and out: files, and checkpoints in this browser. */
export default function ModelsView() {
  return (
    <div className="models-view">
      <CheckpointsPanel />
      <div className="models-view__column">
        <ExportPanel />
        <ImportPanel />
      </div>
      <div className="models-view__wide">
        <ReadyMadePanel />
      </div>
    </div>
  );
}
