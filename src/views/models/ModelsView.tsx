import { CheckpointsPanel } from './CheckpointsPanel';
import { ExportPanel } from './ExportPanel';
import { ImportPanel } from './ImportPanel';
import { PretrainedPanel } from './PretrainedPanel';
import './models.css';

/** Models in and out: files, and checkpoints in this browser. */
export default function ModelsView() {
  return (
    <div className="stack">
      <div className="panels">
        <CheckpointsPanel />
        <div className="stack">
          <ExportPanel />
          <ImportPanel />
        </div>
      </div>
      <PretrainedPanel />
    </div>
  );
}
