import { useCallback } from 'react';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { DatasetChoice } from '../data/DatasetChoice';
import { PicturePicker, pictureName } from '../data/PicturePicker';
import { useCurrentData } from '../data/useCurrentData';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { NoiseTimeField } from '../model/NoiseTimeField';
import { useEditingProblem } from '../model/useEditingProblem';
import { useModelConfig } from '../model/useModel';
import { explanations } from './explanations';
import { ReverseChoices } from './ReverseChoices';

/** The picture, the t and the choices of the step. */
export function ReverseHeadPanel() {
  const problem = useEditingProblem();
  const failed = useStore((state) => state.reverseStep.problem);
  return (
    <Panel
      id="reverse"
      title="Reverse step"
      lead="A picture is noised to t, the model guesses the noise in it, and one step leads back to t − 1. Everything that the step computes is below."
    >
      <div className="reverse-head">
        <div className="reverse-head__column">
          <TimeField />
          <StepChoices />
        </div>
        <div className="reverse-head__column">
          <DatasetChoice />
          <ModelOriginChoice />
          {(problem ?? failed) && (
            <p className="field__note" role="status">
              {problem ?? failed}
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}

function TimeField() {
  const { nSteps } = useModelConfig();
  const t = useStore(({ reverseStep }) => Math.min(reverseStep.settings.t, nSteps));
  const set = useStore((state) => state.setReverseStep);
  return (
    <NoiseTimeField
      explanation={explanations.time}
      t={t}
      from={1}
      nSteps={nSteps}
      onChange={(next) => set({ t: next })}
    />
  );
}

function StepChoices() {
  const settings = useStore((state) => state.reverseStep.settings);
  const { index } = settings;
  const set = useStore((state) => state.setReverseStep);
  const data = useCurrentData();
  const pick = useCallback((next: number) => set({ index: next }), [set]);
  return (
    <>
      <div className="reverse-head__picture">
        <PicturePicker label="Choose a picture" selected={index} onPick={pick} />
        <span>{data && pictureName(data, Math.min(index, data.count - 1))}</span>
      </div>
      <div className="reverse-head__choices">
        <ReverseChoices choices={settings} explanations={explanations} onChange={set} />
      </div>
    </>
  );
}
