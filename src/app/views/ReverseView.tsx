import { ReverseHeadPanel } from '../../panels/reverse/ReverseHeadPanel';
import { StepPanel } from '../../panels/reverse/StepPanel';
import '../../ui/desk.css';
import '../../panels/reverse/reverse.css';
import './ReverseView.css';

/** One step of the reverse process, with every quantity in it. */
export default function ReverseView() {
  return (
    <div className="reverse-view">
      <ReverseHeadPanel />
      <StepPanel />
    </div>
  );
}
