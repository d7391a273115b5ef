import { useMemo } from 'react';
import { levelChannels } from '../../engine/unet/config';
import { blocksOf } from '../../engine/unet/layers';
import { CodePanel } from '../../panels/code/CodePanel';
import { networkSnippets } from '../../panels/code/networkSnippets';
import { withValues } from '../../panels/code/snippetValues';
import { formatPercent } from '../../ui/formatMeasure';
import { formatQuantity } from '../../ui/formatQuantity';
import { AttentionPanel } from './AttentionPanel';
import { BlockPanel } from './block/BlockPanel';
import { BrokenPanel } from './broken/BrokenPanel';
import { DrawingPanel } from './drawing/DrawingPanel';
import { GradientPanel } from './GradientPanel';
import { HealthPanel } from './health/HealthPanel';
import { useChosenConfig } from './model/useChosenModel';
import { NetworkHeadPanel } from './NetworkHeadPanel';
import { useLooking, useNetworkSettings } from './useInside';
import './network.css';

/** The U-Net from inside. */
export default function NetworkView() {
  useLooking();
  return (
    <div className="network-view stack">
      <NetworkHeadPanel />
      <DrawingPanel />
      <BlockPanel />
      <div className="panels">
        <AttentionPanel />
        <GradientPanel />
      </div>
      <BrokenPanel />
      <HealthPanel />
      <NetworkCode />
    </div>
  );
}

/** With the sizes of the block that is open. */
function NetworkCode() {
  const config = useChosenConfig();
  const { block } = useNetworkSettings();
  const known = useMemo(() => {
    const { down, up } = blocksOf(config);
    const open = [...down, ...up].find(({ name }) => block.startsWith(`${name}.`));
    const bottom = levelChannels(config).at(-1) as number;
    const [inputs, outputs] = open ? [open.inputs, open.outputs] : [bottom, bottom];
    return {
      inputs: `${inputs} channels enter ${block}`,
      outputs: `${outputs} channels leave ${block}`,
      channels: `${outputs} channels`,
      time_channels: `${4 * config.nChannels} values of the time embedding`,
      groups: `${config.nGroups} groups of channels, each normalised for itself`,
      scale: `1/√${outputs} = ${formatQuantity(outputs ** -0.5)}`,
      dropout: `${formatPercent(config.dropout)} of the values are set to 0 in training`,
    };
  }, [config, block]);
  return <CodePanel snippets={networkSnippets.map((snippet) => withValues(snippet, known))} />;
}
