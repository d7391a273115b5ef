import { useMemo } from 'react';
import { largestGuidance } from '../../engine/diffusion/guidance';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { PicturePicker } from '../data/PicturePicker';
import { NoiseSeedField } from '../model/NoiseSeedField';
import { NoiseTimeField } from '../model/NoiseTimeField';
import { explanations } from '../sample/explanations';
import { GuidanceNumbers } from './GuidanceNumbers';
import { GuidancePictures } from './GuidancePictures';
import { guidedGuess } from './guidedGuess';
import { useAskedAnew, useClassModel, useClassNames } from './useClassModel';
import './GuidancePanel.css';

/** One noisy picture: what the network sees in it when told a class and when told none, and how w goes on from there. */
export function GuidancePanel() {
  const { settings, guess, problem } = useStore((state) => state.classGuess);
  const { example, t, label, seed, guidance } = settings;
  const data = useStore((state) => state.dataset.data);
  useAskedAnew(useStore.getState().askClassGuess, [example, t, label, seed, data]);
  const guided = useMemo(() => guess && guidedGuess(guess, guidance), [guess, guidance]);
  return (
    <Panel
      id="guidance"
      title="The push"
      lead="One noisy picture, asked twice: told the class, and told none. Their difference points to what would make it more of the class."
    >
      <div className="guidance" data-asked={guess ? `${guess.label} ${guess.time + 1}` : undefined}>
        <GuidancePictures guess={guess} guided={guided} />
        <Settings />
        {problem && (
          <p className="field__problem" role="alert">
            {problem}
          </p>
        )}
        {guess && guided && <GuidanceNumbers guess={guess} guided={guided} guidance={guidance} />}
      </div>
    </Panel>
  );
}

function Settings() {
  const { example, t, label, guidance, seed } = useStore((state) => state.classGuess.settings);
  const set = useStore((state) => state.setClassGuess);
  const classNames = useClassNames();
  const nSteps = useClassModel()?.config.nSteps ?? 1000;
  return (
    <>
      <SliderField
        label="Guidance"
        symbol="w"
        explanation={explanations.guidance}
        value={guidance}
        min={0}
        max={largestGuidance}
        step={0.05}
        onChange={(next) => set({ guidance: next })}
        format={(value) => value.toFixed(2)}
      />
      <NoiseTimeField
        explanation={
          <p>
            How far the picture is noised. The more noise, the more the class has to say about what was there.
          </p>
        }
        t={Math.min(t, nSteps)}
        from={1}
        nSteps={nSteps}
        stops={200}
        onChange={(next) => set({ t: next })}
      />
      <div className="guidance__fields">
        <SelectField
          label="Class asked for"
          symbol="c"
          explanation={
            <p>It need not be what the picture shows: then the push turns it into something else.</p>
          }
          value={String(Math.min(label, classNames.length - 1))}
          options={classNames.map((title, value) => ({ value: String(value), title }))}
          onChange={(value) => set({ label: Number(value) })}
        />
        <NoiseSeedField seed={seed} onChange={(next) => set({ seed: next })} />
        <PicturePicker label="Another picture" selected={example} onPick={(next) => set({ example: next })} />
      </div>
    </>
  );
}
