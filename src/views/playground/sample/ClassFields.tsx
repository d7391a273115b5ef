import type { ClassChoice } from '../../../engine/diffusion/guidance';
import { useModelConfig, useSampledModel } from '../../../panels/model/useModel';
import { samplingHelp } from '../../../panels/sampling/help';
import { SamplingField } from '../../../panels/sampling/SamplingField';
import { samplingGroup } from '../../../settings/groups/sampling';
import { classesFor } from '../../../settings/samplingSettings';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import { SelectField } from '../../../ui/controls/SelectField';

/** Which classes to draw and how strongly to guide towards them; nothing for a model that has learned none. */
export function ClassFields() {
  const settings = useStore((state) => state.values.sampling);
  const { classNames } = useStore((state) => factsOf(state, state.values.data.dataset));
  const config = useModelConfig();
  const model = useSampledModel();
  if (!model || config.nClasses === 0) return null;
  const { classes } = classesFor(settings, config);
  const ofClasses = Array.from({ length: config.nClasses }, (_, label) => ({
    value: String(label),
    title: classNames[label] ?? String(label),
  }));
  return (
    <>
      <SelectField
        label="Class"
        symbol="c"
        explanation={samplingHelp.classes}
        value={String(classes)}
        options={[
          { value: 'each', title: 'Each in turn' },
          { value: 'none', title: 'None', description: 'Whatever comes: the model is told ∅.' },
          ...ofClasses,
        ]}
        onChange={(value) => useStore.getState().set(samplingGroup, { classes: choiceOf(value) })}
      />
      <SamplingField of="guidance" as="slider" step={0.25} disabled={classes === 'none'} />
    </>
  );
}

function choiceOf(value: string): ClassChoice {
  return value === 'each' || value === 'none' ? value : Number(value);
}
