import { HistoryPanel } from './HistoryPanel';
import { NearestPanel } from './NearestPanel';
import { QualityPanel } from './QualityPanel';

/** How good, how varied and how new a model's samples are. */
export default function QualityView() {
  return (
    <div className="panels">
      <QualityPanel />
      <div className="stack">
        <NearestPanel />
        <HistoryPanel />
      </div>
    </div>
  );
}
