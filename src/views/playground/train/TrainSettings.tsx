import { initialSettings } from '../../../settings/defaultSettings';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { NetworkSettings } from './NetworkSettings';
import { ObjectiveSettings } from './ObjectiveSettings';
import { PreviewSettings } from './PreviewSettings';
import { RunSettings } from './RunSettings';

/** All that a model and its training are made of, folded. */
export function TrainSettings() {
  return (
    <div className="stack gap-1">
      <NetworkSettings />
      <ObjectiveSettings />
      <RunSettings />
      <PreviewSettings />
      <Defaults />
    </div>
  );
}

/** Nothing where all is as it was. */
function Defaults() {
  const dataset = useStore((state) => state.values.data.dataset);
  const changed = useStore((state) => {
    const { model, training, seed } = state.values.settings;
    return (
      JSON.stringify({ model, training, seed }) !==
      JSON.stringify(initialSettings(dataset, factsOf(state, dataset)))
    );
  });
  if (!changed) return null;
  return (
    <Button onClick={() => useStore.getState().restoreDefaults()}>All settings at their defaults</Button>
  );
}
