import { useEffect } from 'react';
import { ModelOriginChoice } from '../../../panels/model/ModelOriginChoice';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { Problem } from '../../../ui/controls/Problem';
import { SelectField } from '../../../ui/controls/SelectField';
import { counted } from '../../../ui/counted';
import { explanations } from '../explanations';
import { networkModelGroup } from '../settings';
import { checkpoints, useCheckpoints } from './checkpoints';

/** No id of a checkpoint is empty, and no value of a list may be. */
const NONE = 'none';

/** Which network is looked into: the model of the next run, or a checkpoint of this browser. */
export function NetworkModelChoice() {
  const { checkpoint } = useValues(networkModelGroup);
  const list = useCheckpoints((state) => state.list);
  const opened = useCheckpoints((state) => state.opened);
  const problem = useCheckpoints((state) => state.problem);
  useEffect(() => {
    const { refresh, open } = checkpoints.getState();
    void refresh().then(() => open(checkpoint));
  }, [checkpoint]);
  const chosen = list?.find(({ id }) => id === checkpoint);
  return (
    <>
      {chosen ? null : <ModelOriginChoice />}
      {list !== null && list.length > 0 && (
        <SelectField
          label="Checkpoint"
          explanation={explanations.checkpoint}
          value={chosen?.id ?? NONE}
          options={[
            { value: NONE, title: 'None', description: 'Looks into the model of the next run.' },
            ...list.map(({ id, name, title, step }) => ({
              value: id,
              title: name,
              description: `${title}, ${counted(step, 'training step')}`,
            })),
          ]}
          onChange={(next) =>
            useStore.getState().set(networkModelGroup, { checkpoint: next === NONE ? null : next })
          }
        />
      )}
      {list?.length === 0 && (
        <p className="note">
          <a href="#/models">Save a checkpoint</a> to look into it here later.
        </p>
      )}
      {chosen && opened && (
        <p className="note" data-checkpoint={opened.id}>
          Looks into the checkpoint “{opened.name}” after{' '}
          {counted(opened.model.trainedSteps, 'training step')}. The model in training is not changed.
        </p>
      )}
      <Problem>{problem}</Problem>
    </>
  );
}
