import { ClassesHeadPanel } from '../../panels/classes/ClassesHeadPanel';
import { ClassGridPanel } from '../../panels/classes/ClassGridPanel';
import { GuidancePanel } from '../../panels/classes/GuidancePanel';
import '../../ui/desk.css';
import './ClassesView.css';

/** Pictures of a class that is asked for, and what guidance towards it does. */
export default function ClassesView() {
  return (
    <div className="classes-view">
      <ClassesHeadPanel />
      <div className="classes-view__pair">
        <ClassGridPanel />
        <GuidancePanel />
      </div>
    </div>
  );
}
