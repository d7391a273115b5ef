import { LevelsDrawing } from '../../../panels/network/LevelsDrawing';
import { Fold } from '../../../panels/settings/Fold';
import { help } from '../../../panels/training/TrainingField';
import { WaitingSettings } from '../../../panels/training/WaitingSettings';
import { trainingGroup } from '../../../settings/groups/training';
import { useStore } from '../../../store/store';
import { Explanation } from '../../../ui/controls/Explanation';
import { Problem } from '../../../ui/controls/Problem';
import { counted } from '../../../ui/counted';
import { RunField, useSettingsProblems } from './RunField';

/** The U-Net: its width, its levels and the blocks on each, and the seed of its weights. */
export function NetworkSettings() {
  const { nChannels, chMults, nBlocks } = useStore((state) => state.values.settings.model);
  const seed = useStore((state) => state.values.settings.seed);
  return (
    <Fold
      id="network"
      title="Network"
      summary={`${nChannels} channels · levels ${chMults.map((one) => `×${one}`).join(' ')} · ${counted(nBlocks, 'block')} a level · seed ${seed}`}
      notice={<WaitingSettings of="network" />}
    >
      <p className="note">Only a new model takes a change.</p>
      <Levels />
      <div className="fields">
        <RunField of="model.nChannels" />
        <RunField of="model.nBlocks" />
        <RunField of="model.dropout" />
        <RunField of="model.nGroups" />
        <RunField of="model.nFinalGroups" />
        <RunField of="seed" />
      </div>
    </Fold>
  );
}

function Levels() {
  const model = useStore((state) => state.values.settings.model);
  const problems = useSettingsProblems();
  const problem = problems['model.chMults'] ?? problems['model.isAttn'];
  return (
    <div className="stack gap-2">
      <div className="row note">
        <span>
          Multiplier <Explanation about="the multiplier">{help['model.chMults']}</Explanation>
        </span>
        <span>
          Attention <Explanation about="attention">{help['model.isAttn']}</Explanation>
        </span>
        <span>
          Drawing{' '}
          <Explanation about="the drawing">
            <p>
              Each box is a block of the network, in the order in which they run. Its fill shows its number of
              channels, compared with the widest block.
            </p>
            <p>A dashed round box is attention that is off. Click in its row to switch it on.</p>
          </Explanation>
        </span>
      </div>
      <LevelsDrawing
        model={model}
        onChange={({ chMults, isAttn }) =>
          useStore.getState().set(trainingGroup, { 'model.chMults': chMults, 'model.isAttn': isAttn })
        }
      />
      <Problem>{problem}</Problem>
    </div>
  );
}
