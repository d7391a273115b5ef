import { useShallow } from 'zustand/react/shallow';
import { classOrigin, classOrigins, classProblem } from '../../store/classModel';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { DatasetChoice } from '../data/DatasetChoice';
import '../model/ModelOriginChoice.css';
import { useClassModel } from './useClassModel';

const titles = { shipped: 'Ready-made', shippedByClass: 'Ready-made', own: 'Yours' };

/** Classes of what, and which model is asked for them. */
export function ClassesHeadPanel() {
  const origins = useStore(useShallow(classOrigins));
  const origin = useStore(classOrigin);
  const choose = useStore((state) => state.chooseModelOrigin);
  return (
    <Panel
      id="classes"
      title="Classes"
      lead="A model that was told in training what each picture shows can be asked for it, and pushed towards it: classifier-free guidance."
    >
      <div className="desk-head">
        <DatasetChoice />
        <div className="desk__column model-origin">
          {origin && origins.length > 1 && (
            <Segmented
              label="Model"
              value={origin}
              options={origins.map((value) => ({ value, title: titles[value] }))}
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
  const title = useStore((state) => factsOf(state, state.settings.dataset).title);
  if (status !== 'ready') {
    return (
      <p className={status === 'failed' ? 'field__problem' : 'field__note'} role="status">
        {problem}
      </p>
    );
  }
  if (!model) {
    return (
      <p role="status">
        {problem} Switch on “Learn the classes” among the settings in <a href="#train">Train</a> and train a
        new model, or choose Digits, whose classes a model that comes with this page has learned.
      </p>
    );
  }
  const steps = `${model.trainedSteps.toLocaleString('en')} training ${model.trainedSteps === 1 ? 'step' : 'steps'}`;
  return (
    <p>
      {model.shipped
        ? 'Asks a model that comes with this page, trained by this very engine'
        : 'Asks your model, trained'}{' '}
      on {title} and the class of each picture, {steps}.
    </p>
  );
}
