import { HistoryPanel } from '../../panels/quality/HistoryPanel';
import { NearestPanel } from '../../panels/quality/NearestPanel';
import { QualityPanel } from '../../panels/quality/QualityPanel';
import './QualityView.css';

/** How good, how varied and how new a model's samples are. */
export default function QualityView() {
  return (
    <div className="quality-view">
      <QualityPanel />
      <div className="quality-view__column">
        <NearestPanel />
        <HistoryPanel />
      </div>
    </div>
  );
}
