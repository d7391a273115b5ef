import { useStore } from '../../store/store';
import { LevelTable } from './LevelTable';
import { SettingGroup } from './SettingGroup';
import { SettingNumber } from './SettingNumber';
import './NetworkSettings.css';

/** The UNet: its width, its levels and the blocks on each. */
export function NetworkSettings() {
  const { nChannels, nBlocks } = useStore((state) => state.settings.model);
  const { changeModel } = useStore.getState();
  return (
    <SettingGroup title="Network" when="of a new model">
      <div className="network-settings">
        <div className="network-settings__numbers">
          <SettingNumber
            field="nChannels"
            symbol="C"
            value={nChannels}
            onCommit={(nChannels) => changeModel({ nChannels })}
            min={4}
            max={1024}
            step={32}
            integer
          />
          <SettingNumber
            field="nBlocks"
            value={nBlocks}
            onCommit={(nBlocks) => changeModel({ nBlocks })}
            min={1}
            max={8}
            integer
          />
        </div>
        <LevelTable />
      </div>
    </SettingGroup>
  );
}
