import { useMemo } from 'react';
import { ImagePicker } from '../../panels/data/ImagePicker';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Problem } from '../../ui/controls/Problem';
import { SelectField } from '../../ui/controls/SelectField';
import { GuidanceImages } from './GuidanceImages';
import { GuidanceNumbers } from './GuidanceNumbers';
import { useClassGuess } from './guessState';
import { guidedGuess } from './guidedGuess';
import { ClassGuessField } from './help';
import { classGuessGroup } from './settings';
import { useAskedAnew, useClassModel, useClassNames } from './useClassModel';
import './classes.css';

/** One noisy image: what the network predicts with and without a class, and the guided prediction. */
export function GuidancePanel() {
  const { prediction: guess, problem, predict } = useClassGuess();
  const { example, t, label, seed, guidance } = useValues(classGuessGroup);
  const data = useStore((state) => state.dataset.data);
  useAskedAnew(predict, [example, t, label, seed, data]);
  const guided = useMemo(() => guess && guidedGuess(guess, guidance), [guess, guidance]);
  return (
    <Panel
      id="guidance"
      title="Guidance"
      lead="The model predicts the noise in one image twice, with the class and without it. Guidance follows the difference, towards the class."
    >
      <div
        className="guidance stack gap-3"
        data-asked={guess ? `${guess.label} ${guess.time + 1}` : undefined}
      >
        <GuidanceImages guess={guess} guided={guided} />
        <Settings />
        <Problem>{problem}</Problem>
        {guess && guided && <GuidanceNumbers guess={guess} guided={guided} guidance={guidance} />}
      </div>
    </Panel>
  );
}

function Settings() {
  const { example, label } = useValues(classGuessGroup);
  const { set } = useStore.getState();
  const classNames = useClassNames();
  const nSteps = useClassModel()?.config.nSteps ?? 1000;
  return (
    <>
      <ClassGuessField of="guidance" as="slider" step={0.05} />
      <ClassGuessField of="t" as="slider" nSteps={nSteps} />
      <div className="fields">
        <SelectField
          label="Class asked for"
          symbol="c"
          explanation={classHelp}
          value={String(Math.min(label, classNames.length - 1))}
          options={classNames.map((title, value) => ({ value: String(value), title }))}
          onChange={(value) => set(classGuessGroup, { label: Number(value) })}
        />
        <ClassGuessField of="seed" as="seed" />
        <ImagePicker
          label="Another image"
          selected={example}
          onPick={(next) => set(classGuessGroup, { example: next })}
        />
      </div>
    </>
  );
}

const classHelp = <p>It need not be what the image shows: then the push turns it into something else.</p>;
