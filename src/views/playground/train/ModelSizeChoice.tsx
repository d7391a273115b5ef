import { normalModel } from '../../../settings/defaultSettings';
import { trainingGroup } from '../../../settings/groups/training';
import { type ModelSizeId, modelSizes, networkOf, sizeOf } from '../../../settings/modelSizes';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import { Segmented } from '../../../ui/controls/Segmented';

/** How large the network of the next model is; under Network, all that this sets. */
export function ModelSizeChoice() {
  const model = useStore((state) => state.values.settings.model);
  const dataset = useStore((state) => state.values.data.dataset);
  const facts = useStore((state) => factsOf(state, dataset));
  const normal = normalModel(dataset, facts);
  const choose = (size: ModelSizeId) => {
    const { nChannels, nGroups, chMults, isAttn, nBlocks } = networkOf(size, normal);
    useStore.getState().set(
      trainingGroup,
      {
        'model.nChannels': nChannels,
        'model.nGroups': nGroups,
        'model.chMults': [...chMults],
        'model.isAttn': [...isAttn],
        'model.nBlocks': nBlocks,
      },
      'Model size',
    );
  };
  return (
    <Segmented
      label="Model size"
      explanation={
        <p>
          How many channels the U-Net has. A larger model draws better images, but each training step takes
          longer. Network, below, shows every number and lets you change it.
        </p>
      }
      value={sizeOf(model, normal) ?? 'custom'}
      options={options}
      onChange={(size) => size !== 'custom' && choose(size)}
    />
  );
}

const options: { value: ModelSizeId | 'custom'; title: string }[] = (
  Object.keys(modelSizes) as ModelSizeId[]
).map((value) => ({ value, title: modelSizes[value].title }));
