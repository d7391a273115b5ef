import { useShallow } from 'zustand/react/shallow';
import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { chooseOrigin } from '../../panels/model/ModelOriginChoice';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { counted } from '../../ui/counted';
import { classOrigin, classOrigins, classProblem } from './classModel';
import { useClassModel } from './useClassModel';

/** Classes of what, and which model is asked for them. */
export function ClassesHeadPanel() {
  const origins = useStore(useShallow(classOrigins));
  const origin = useStore(classOrigin);
  const choose = chooseOrigin;
  return (
    <Panel
      id="classes"
      title="Classes"
      lead="A model trained with class labels can draw images of a chosen class. Classifier-free guidance strengthens the class."
    >
      <div className="columns">
        <DatasetChoice />
        <div className="stack gap-3">
          {origin && origins.length > 1 && (
            <Segmented
              label="Model"
              value={origin}
              options={origins.map((value) => ({ value, title: value === 'own' ? 'Yours' : 'Pretrained' }))}
              onChange={choose}
            />
          )}
          <ModelText />
        </div>
      </div>
    </Panel>
  );
}

function ModelText() {
  const model = useClassModel();
  const problem = useStore(classProblem);
  const status = useStore((state) => state.session.status);
  const title = useStore((state) => factsOf(state, state.values.data.dataset).title);
  if (status !== 'ready') {
    return (
      <p className={status === 'failed' ? 'problem' : 'note'} role="status">
        {problem}
      </p>
    );
  }
  if (!model) {
    return (
      <p className="note" role="status">
        {problem} Switch on “Learn the classes” in the settings of <a href="#train">Train</a> and train a new
        model, or choose Digits, which has a pretrained model with classes.
      </p>
    );
  }
  const steps = counted(model.trainedSteps, 'training step');
  return (
    <p className="note">
      {model.shipped ? 'Draws from the pretrained model' : 'Draws from your model'}, trained on {title} with
      class labels, after {steps}.
    </p>
  );
}
