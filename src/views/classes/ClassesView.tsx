import { ClassesHeadPanel } from './ClassesHeadPanel';
import { ClassGridPanel } from './ClassGridPanel';
import { GuidancePanel } from './GuidancePanel';

/** Images of a class that is asked for, and what guidance towards it does. */
export default function ClassesView() {
  return (
    <div className="stack">
      <ClassesHeadPanel />
      <div className="panels">
        <ClassGridPanel />
        <GuidancePanel />
      </div>
    </div>
  );
}
