import type { ReactNode } from 'react';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { PictureDetail } from './PictureDetail';
import { SampleActions } from './SampleActions';
import { SampleGrids } from './SampleGrids';
import { SampleProgress } from './SampleProgress';
import { SampleSettings } from './SampleSettings';
import { SampleSpeed } from './SampleSpeed';
import { StepScrubber } from './StepScrubber';
import { useReplay } from './useReplay';
import { useShownStep } from './useShownStep';
import './SamplePanel.css';

/** The reverse process: from noise to pictures, step by step, and back through all that was recorded. */
export function SamplePanel() {
  useReplay();
  return (
    <Panel
      id="sample"
      title="Sample"
      lead="The model takes the noise away again, a little in every step, until pictures are left that nobody drew."
    >
      <ShownState>
        <div className="sample__part">
          <ModelOriginChoice />
          <SampleSettings />
          <div className="sample__run">
            <SampleActions />
            <div className="sample__pace">
              <SampleProgress />
              <SampleSpeed />
            </div>
          </div>
        </div>
        <div className="sample__part">
          <SampleGrids />
          <StepScrubber />
        </div>
        <PictureDetail />
      </ShownState>
    </Panel>
  );
}

/** Notes what is shown where tests and styles can read it. Its children stay as they are: a step redraws only its own. */
function ShownState({ children }: { children: ReactNode }) {
  const shown = useShownStep();
  const status = useStore((state) => state.sampling.status);
  return (
    <div className="sample" data-status={status} data-t={shown?.step.t} data-step={shown?.step.index}>
      {children}
    </div>
  );
}
