import { isLossWeight, lossWeights } from '../../../engine/diffusion/lossWeights/lossWeights';
import { objectiveOf } from '../../../engine/diffusion/objectives/objectives';
import { drawnTexts, scheduleOf, schedules } from '../../../engine/diffusion/schedules/schedules';
import { Fold } from '../../../panels/settings/Fold';
import { WaitingSettings } from '../../../panels/training/WaitingSettings';
import { useStore } from '../../../store/store';
import { RunField } from './RunField';

/** How noise is added, what the network learns to predict from it, and how its errors count. */
export function ObjectiveSettings() {
  const { nSteps, schedule, objective, nClasses } = useStore((state) => state.values.settings.model);
  const weight = useStore((state) => state.values.settings.training.lossWeight) ?? 'simple';
  const loss = isLossWeight(weight) ? lossWeights[weight].title : weight;
  const noise = (Object.hasOwn(schedules, schedule) ? scheduleOf(schedule) : drawnTexts).title;
  return (
    <Fold
      id="objective"
      title="Objective"
      summary={[
        `${objectiveOf(objective).title}, ${loss.toLowerCase()} loss`,
        `T = ${nSteps.toLocaleString('en')}`,
        noise.toLowerCase(),
        ...(nClasses > 0 ? [`${nClasses} classes`] : []),
      ].join(' · ')}
      notice={<WaitingSettings of="objective" />}
    >
      <p className="note">
        Only a new model takes a change, except of the loss weight and of how t is drawn.
      </p>
      <div className="fields">
        <RunField of="model.nSteps" />
        <RunField of="model.schedule" />
        <RunField of="model.objective" />
        <RunField of="model.learnedVariance" />
        <RunField of="training.lossWeight" />
        <RunField of="training.snrGamma" />
        <RunField of="training.timeSampling" />
        <RunField of="training.continuousTime" />
        <RunField of="model.nClasses" />
        <RunField of="training.classDropout" />
      </div>
    </Fold>
  );
}
