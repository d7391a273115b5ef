import { RotateCcw, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { Patch } from '../../../settings/path';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { IconButton } from '../../../ui/controls/IconButton';
import { NumberField } from '../../../ui/controls/NumberField';
import { SwitchField } from '../../../ui/controls/SwitchField';
import { explanations } from '../explanations';
import { useChosenConfig } from '../model/useChosenModel';
import { type NetworkSettings, networkGroup } from '../settings';
import { useNetworkSettings } from '../useInside';
import { changeOf, changeText, isOff, type Part, partsOf, targetOf, withChange } from './changeList';

/** Everything that can be switched off or changed, and the list of what is. */
export function Parts() {
  const config = useChosenConfig();
  const { time, skips, attention } = useMemo(() => partsOf(config), [config]);
  return (
    <div className="columns columns--narrow">
      <Group title="Time">
        {time.map((part) => (
          <PartSwitch key={part.point} {...part} />
        ))}
      </Group>
      <Group title="Skips">
        {skips.map((part) => (
          <PartSwitch key={part.point} {...part} />
        ))}
      </Group>
      <Group title="Attention">
        {attention.map((part) => (
          <PartSwitch key={part.point} {...part} />
        ))}
      </Group>
      <ChannelChange />
      <ChangeList />
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="stack gap-1">
      <legend className="title">{title}</legend>
      {children}
    </fieldset>
  );
}

/** On while the part works as it was trained. */
function PartSwitch({ point, title }: Part) {
  const { changes } = useNetworkSettings();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  return (
    <SwitchField
      label={title}
      checked={!isOff(changes, point)}
      onChange={(on) => set({ changes: withChange(changes, targetOf(point), { scale: on ? 1 : 0 }) })}
    />
  );
}

/** The channel that is chosen in the opened block. */
function ChannelChange() {
  const { changes, block, channel } = useNetworkSettings();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  const target = targetOf(block, channel);
  const { scale, add } = changeOf(changes, target);
  return (
    <Group title={`Channel ${channel + 1} of ${block}`}>
      <SwitchField
        label="Channel on"
        checked={scale !== 0}
        onChange={(on) => set({ changes: withChange(changes, target, { scale: on ? 1 : 0 }) })}
      />
      <NumberField
        label="Added value"
        explanation={explanations.add}
        value={add}
        min={-1000}
        max={1000}
        step={0.5}
        onCommit={(next) => set({ changes: withChange(changes, target, { add: next }) })}
      />
    </Group>
  );
}

function ChangeList() {
  const { changes } = useNetworkSettings();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  if (changes.length === 0) return null;
  return (
    <section aria-label="Changes">
      <ul className="stack gap-1">
        {changes.map((change) => {
          const text = changeText(change);
          return (
            <li key={`${change.point} ${change.channel}`} className="row row--between note">
              <span>{text}</span>
              <IconButton
                label={`Undo ${text}`}
                icon={X}
                iconSize={14}
                onClick={() => set({ changes: changes.filter((other) => other !== change) })}
              />
            </li>
          );
        })}
      </ul>
      <Button icon={RotateCcw} iconSize={15} onClick={() => set({ changes: [] })}>
        Restore the network
      </Button>
    </section>
  );
}
