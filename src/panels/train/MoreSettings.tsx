import { ChevronRight } from 'lucide-react';
import { factsOf } from '../../store/datasetFacts';
import { initialSettings } from '../../store/defaultSettings';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { SettingGroup } from './SettingGroup';
import { SettingNumber } from './SettingNumber';
import './MoreSettings.css';

/** What is rarely changed, folded away. */
export function MoreSettings() {
  return (
    <details className="more-settings">
      <summary className="more-settings__summary">
        <ChevronRight size={16} aria-hidden /> More: samples while training, dropout, groups, seed
      </summary>
      <div className="more-settings__groups">
        <PreviewSettings />
        <ModelDetails />
        <Defaults />
      </div>
    </details>
  );
}

function PreviewSettings() {
  const { count, samplerSteps, seed } = useStore((state) => state.settings.training.preview);
  const { changePreview } = useStore.getState();
  return (
    <SettingGroup title="Samples while training" when="takes effect at the next step">
      <div className="setting-group__fields">
        <SettingNumber
          field="preview.count"
          value={count}
          onCommit={(count) => changePreview({ count })}
          min={1}
          max={64}
          integer
        />
        <SettingNumber
          field="preview.samplerSteps"
          value={samplerSteps}
          onCommit={(samplerSteps) => changePreview({ samplerSteps })}
          min={1}
          max={1000}
          integer
        />
        <SettingNumber
          field="preview.seed"
          value={seed}
          onCommit={(seed) => changePreview({ seed })}
          min={0}
          max={2 ** 32 - 1}
          integer
        />
      </div>
    </SettingGroup>
  );
}

function ModelDetails() {
  const { dropout, nGroups, nFinalGroups } = useStore((state) => state.settings.model);
  const seed = useStore((state) => state.settings.seed);
  const { changeModel, changeSeed } = useStore.getState();
  return (
    <SettingGroup title="Details of the model" when="of a new model">
      <div className="setting-group__fields">
        <SettingNumber
          field="dropout"
          value={dropout}
          onCommit={(dropout) => changeModel({ dropout })}
          min={0}
          max={0.9}
          step={0.05}
        />
        <SettingNumber
          field="nGroups"
          value={nGroups}
          onCommit={(nGroups) => changeModel({ nGroups })}
          min={1}
          max={256}
          integer
        />
        <SettingNumber
          field="nFinalGroups"
          value={nFinalGroups}
          onCommit={(nFinalGroups) => changeModel({ nFinalGroups })}
          min={1}
          max={256}
          integer
        />
        <SettingNumber field="seed" value={seed} onCommit={changeSeed} min={0} max={2 ** 32 - 1} integer />
      </div>
    </SettingGroup>
  );
}

function Defaults() {
  const dataset = useStore((state) => state.settings.dataset);
  const changed = useStore((state) => {
    const { model, training, seed } = state.settings;
    return (
      JSON.stringify({ model, training, seed }) !==
      JSON.stringify(initialSettings(dataset, factsOf(state, dataset)))
    );
  });
  return (
    <div>
      <Button disabled={!changed} onClick={() => useStore.getState().restoreDefaults()}>
        All settings at their defaults
      </Button>
    </div>
  );
}
