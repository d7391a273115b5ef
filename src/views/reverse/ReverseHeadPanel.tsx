import { useCallback } from 'react';
import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { ImagePicker, imageName } from '../../panels/data/ImagePicker';
import { useCurrentData } from '../../panels/data/useCurrentData';
import { ModelOriginChoice } from '../../panels/model/ModelOriginChoice';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Obstacle } from '../../ui/controls/Problem';
import { ReverseStepField } from './help';
import { reverseStepGroup } from './settings';
import { useReverseStep } from './state';

/** The image, the t and the choices of the step. */
export function ReverseHeadPanel() {
  const problem = useEditingProblem();
  const failed = useReverseStep((state) => state.problem);
  return (
    <Panel
      id="reverse"
      title="Reverse step"
      lead="An image is noised to step t. The model predicts the noise in it, and one reverse step leads to t − 1. Every quantity of this step is shown below."
    >
      <div className="columns">
        <div className="stack gap-3">
          <ReverseStepField of="t" as="slider" />
          <StepChoices />
        </div>
        <div className="stack gap-3">
          <DatasetChoice />
          <ModelOriginChoice />
          <Obstacle>{problem ?? failed}</Obstacle>
        </div>
      </div>
    </Panel>
  );
}

function StepChoices() {
  const { index } = useValues(reverseStepGroup);
  const data = useCurrentData();
  const pick = useCallback((next: number) => useStore.getState().set(reverseStepGroup, { index: next }), []);
  return (
    <>
      <div className="row note">
        <ImagePicker label="Choose an image" selected={index} onPick={pick} />
        <span>{data && imageName(data, index)}</span>
      </div>
      <div className="fields">
        <ReverseStepField of="variance" as="segmented" />
        <ReverseStepField of="seed" as="seed" />
        <ReverseStepField of="clipX0" />
      </div>
    </>
  );
}
