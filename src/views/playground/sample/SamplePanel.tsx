import { type ReactNode, Suspense } from 'react';
import { ModelOriginChoice } from '../../../panels/model/ModelOriginChoice';
import { useStore } from '../../../store/store';
import { Panel } from '../../../ui/controls/Panel';
import { lazyPart } from '../../../ui/lazyPart';
import { ImageDetail } from './ImageDetail';
import { SampleActions } from './SampleActions';
import { SampleGrids } from './SampleGrids';
import { SampleProgress } from './SampleProgress';
import { SampleSettings } from './SampleSettings';
import { SampleSpeed } from './SampleSpeed';
import { StepScrubber } from './StepScrubber';
import { useReplay } from './useReplay';
import { useShownStep } from './useShownStep';
import './SamplePanel.css';

const OwnBeside = lazyPart(() => import('./OwnBeside').then(({ OwnBeside }) => ({ default: OwnBeside })));

/** The reverse process: from noise to images, step by step, and back through all that was recorded. */
export function SamplePanel() {
  useReplay();
  return (
    <Panel
      id="sample"
      title="Sample"
      lead="The reverse process starts from pure noise. The model removes a little of it in every step, until new images are left."
    >
      <ShownState>
        <div className="sample__part">
          <ModelOriginChoice />
          <div className="sample__run stack gap-3">
            <SampleActions />
            <div className="sample__pace">
              <SampleProgress />
              <SampleSpeed />
            </div>
          </div>
        </div>
        <div className="sample__part sample__images">
          <SampleGrids />
          <StepScrubber />
        </div>
        <div className="sample__part">
          <Suspense fallback={null}>
            <OwnBeside />
          </Suspense>
          <SampleSettings />
        </div>
        <ImageDetail />
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
