import { type ReactNode, useCallback } from 'react';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';
import { DatasetChoice } from '../data/DatasetChoice';
import { PicturePicker, pictureName } from '../edit/PicturePicker';
import { useCurrentData, useEditingProblem } from '../edit/useEditing';
import { SeedField } from '../edit/WayBackFields';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { useModelConfig } from '../model/useModel';
import { explanations } from './explanations';

const variances: { value: VarianceChoice; title: ReactNode }[] = [
  { value: 'beta', title: <span>β{<sub>t</sub>}</span> },
  { value: 'betaTilde', title: <span>β̃{<sub>t</sub>}</span> },
];

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
    <SliderField
      label="Steps of noise"
      symbol="t"
      explanation={explanations.time}
      value={t}
      min={1}
      max={nSteps}
      onChange={(next) => set({ t: next })}
      format={(value) => `${value.toLocaleString('en')} of ${nSteps.toLocaleString('en')}`}
    />
  );
}

function StepChoices() {
  const { index, seed, variance, clipX0 } = useStore((state) => state.reverseStep.settings);
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
        <Segmented
          label="Variance"
          symbol={
            <>
              σ<sub>t</sub>²
            </>
          }
          explanation={explanations.variance}
          value={variance}
          options={variances}
          onChange={(next) => set({ variance: next })}
        />
        <SeedField seed={seed} onChange={(next) => set({ seed: next })} />
        <SwitchField
          label="Clip"
          symbol={
            <>
              x̂<sub>0</sub>
            </>
          }
          explanation={explanations.clip}
          checked={clipX0}
          onChange={(next) => set({ clipX0: next })}
        />
      </div>
    </>
  );
}
