import { useShallow } from 'zustand/react/shallow';
import { shippedOrigins } from '../../engine/models/shippedModels';
import { type ModelOrigin, originGroup } from '../../settings/groups/page';
import { factsOf } from '../../store/datasetFacts';
import { modelOrigins, sampledOrigin } from '../../store/sampledModel';
import { useStore } from '../../store/store';
import { Segmented } from '../../ui/controls/Segmented';
import { counted } from '../../ui/counted';
import { useSampledModel } from './useModel';

const titles = { ...shippedOrigins, own: { title: 'Yours' } };

/** Chooses whose model is asked. */
export function chooseOrigin(origin: ModelOrigin): void {
  useStore.getState().set(originGroup, { origin });
}

/** Whose model the next run draws from, and what it has learned; where there is none, what to do first and why. */
export function ModelOriginChoice() {
  const origins = useStore(useShallow(modelOrigins));
  const origin = useStore(sampledOrigin);
  return (
    <div className="stack gap-3">
      {origin && origins.length > 1 && (
        <Segmented
          label="Model"
          explanation={
            <p>
              Pretrained: trained with this engine before you came, so that there is something to see at once.
              By class: the same, but told the class of every image, so that you can ask for one. Flow: the
              same, trained by flow matching. One step: a student of the flow, which goes from noise to image
              at once. Yours: the model that you train here.
            </p>
          }
          value={origin}
          options={origins.map((value) => ({
            value,
            ...(origins.includes('shipped') || value === 'own' ? titles[value] : titles.shipped),
          }))}
          onChange={chooseOrigin}
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
  const weights = useStore((state) => state.values.sampling.weights);
  const chosen = useStore((state) => factsOf(state, state.values.data.dataset).title);
  const title = useStore((state) => factsOf(state, learned ?? state.values.data.dataset).title);
  if (!model) {
    return (
      <p className="notice">
        <a href="#train">Train first.</a> There is no model yet: at each step, sampling asks it which part of
        the image is noise.
      </p>
    );
  }
  const steps = counted(model.trainedSteps, 'training step');
  if (model.shipped) {
    return (
      <p className="note">
        Draws from a pretrained model: it comes with this page and learned {chosen}
        {model.config.nClasses > 0 && ' with its classes'} in {steps}. <a href="#train">Train your own</a>,
        and you can switch to it.
      </p>
    );
  }
  if (model.trainedSteps === 0 && !imported) {
    return (
      <p className="notice">
        The model has not learned anything yet: its guesses are as random as its weights.{' '}
        <a href="#train">Train it first</a>, or see what noise makes of noise.
      </p>
    );
  }
  return (
    <p className="note">
      Draws from {weights === 'ema' ? 'the averaged weights (EMA)' : 'the raw weights'} of the model that{' '}
      {learned ? `learns ${title}` : 'you opened'}, after {steps}
      {imported && ' since it was opened'}.
    </p>
  );
}
