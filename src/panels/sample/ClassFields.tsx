import { type ClassChoice, largestGuidance } from '../../engine/diffusion/guidance';
import { factsOf } from '../../store/datasetFacts';
import { classesFor } from '../../store/samplingSettings';
import { useStore } from '../../store/store';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { useModelConfig, useSampledModel } from '../model/useModel';
import { explanations } from './explanations';

/** Which classes to draw and how strongly to guide towards them; nothing for a model that has learned none. */
export function ClassFields() {
  const settings = useStore((state) => state.sampling.settings);
  const setSampling = useStore((state) => state.setSampling);
  const { classNames } = useStore((state) => factsOf(state, state.settings.dataset));
  const config = useModelConfig();
  const model = useSampledModel();
  if (!model || config.nClasses === 0) return null;
  const { classes, guidance } = classesFor(settings, config);
  const ofClasses = Array.from({ length: config.nClasses }, (_, label) => ({
    value: String(label),
    title: classNames[label] ?? String(label),
  }));
  return (
    <>
      <SelectField
        label="Class"
        symbol="c"
        explanation={explanations.classes}
        value={String(classes)}
        options={[
          { value: 'each', title: 'Each in turn' },
          { value: 'none', title: 'None', description: 'Whatever comes: the model is told ∅.' },
          ...ofClasses,
        ]}
        onChange={(value) => setSampling({ classes: choiceOf(value) })}
      />
      <SliderField
        label="Guidance"
        symbol="w"
        explanation={explanations.guidance}
        value={guidance}
        min={0}
        max={largestGuidance}
        step={0.25}
        disabled={classes === 'none'}
        onChange={(guidance) => setSampling({ guidance })}
        format={(value) => value.toFixed(2)}
      />
    </>
  );
}

function choiceOf(value: string): ClassChoice {
  return value === 'each' || value === 'none' ? value : Number(value);
}
