import { useShallow } from 'zustand/react/shallow';
import { factsOf } from '../../store/datasetFacts';
import { type ModelOrigin, modelOrigins, sampledOrigin } from '../../store/sampledModel';
import { useStore } from '../../store/store';
import { Segmented } from '../../ui/controls/Segmented';
import { useSampledModel } from './useModel';
import './ModelOriginChoice.css';

const titles: Record<ModelOrigin, string> = {
  shipped: 'Ready-made',
  shippedByClass: 'By class',
  own: 'Yours',
};

/** Whose model the next run draws from, and what it has learned; where there is none, what to do first and why. */
export function ModelOriginChoice() {
  const origins = useStore(useShallow(modelOrigins));
  const origin = useStore(sampledOrigin);
  const choose = useStore((state) => state.chooseModelOrigin);
  return (
    <div className="model-origin">
      {origin && origins.length > 1 && (
        <Segmented
          label="Model"
          explanation={
            <p>
              The ready-made one was trained beforehand by this very engine, so that there is something to see
              at once; the one by class is another, which was told what every picture shows and can be asked
              for it. Yours is the one that you train here.
            </p>
          }
          value={origin}
          options={origins.map((value) => ({
            value,
            title: origins.includes('shipped') || value === 'own' ? titles[value] : titles.shipped,
          }))}
          onChange={choose}
        />
      )}
      <OriginText />
    </div>
  );
}

function OriginText() {
  const model = useSampledModel();
  const learned = useStore((state) => state.training.dataset);
  const imported = useStore((state) => state.training.model?.imported === true);
  const weights = useStore((state) => state.sampling.settings.weights);
  const chosen = useStore((state) => factsOf(state, state.settings.dataset).title);
  const title = useStore((state) => factsOf(state, learned ?? state.settings.dataset).title);
  if (!model) {
    return (
      <p className="model-origin__missing">
        <a href="#train">Train first.</a> There is no model yet: sampling asks it at each step which part of
        the picture is noise.
      </p>
    );
  }
  const steps = `${model.trainedSteps.toLocaleString('en')} training ${model.trainedSteps === 1 ? 'step' : 'steps'}`;
  if (model.shipped) {
    return (
      <p>
        Draws from a model that comes with this page: this very engine trained it on {chosen}
        {model.config.nClasses > 0 && ', class by class'}, {steps}. <a href="#train">Train your own</a> and
        this draws from it.
      </p>
    );
  }
  if (model.trainedSteps === 0 && !imported) {
    return (
      <p className="model-origin__missing">
        The model has not learned anything yet: its guesses are as random as its weights.{' '}
        <a href="#train">Train it first</a>, or see what noise makes of noise.
      </p>
    );
  }
  return (
    <p>
      Draws from {weights === 'ema' ? 'the averaged weights (EMA)' : 'the raw weights'} of the model that{' '}
      {learned ? `learns ${title}` : 'you opened'}, after {steps}
      {imported && ' since it was opened'}.
    </p>
  );
}
