import type { Patch } from '../../../settings/path';
import { useStore } from '../../../store/store';
import { Explanation } from '../../../ui/controls/Explanation';
import { Panel } from '../../../ui/controls/Panel';
import { Segmented } from '../../../ui/controls/Segmented';
import { LegendKey } from '../../../ui/plot/Legend';
import { explanations } from '../explanations';
import { useChosenConfig } from '../model/useChosenModel';
import { type NetworkSettings, networkGroup } from '../settings';
import { useNetwork } from '../state';
import { useInside, useNetworkSettings } from '../useInside';
import { BlocksTable } from './BlocksTable';
import { NetworkDrawing } from './NetworkDrawing';

/** The drawing of the network, alive. */
export function DrawingPanel() {
  const { scale } = useNetworkSettings();
  const { nSteps } = useChosenConfig();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  const looking = useNetwork((state) => state.looking);
  const inside = useInside();
  return (
    <Panel
      id="network-drawing"
      title="Feature maps"
      lead="Each box is a block with the maps of its channels. The image goes down on the left, gets smaller and wider, and comes up on the right. Choose a block to open it below."
      actions={<Explanation about="the drawing">{explanations.drawing}</Explanation>}
    >
      <div className="stack" aria-busy={looking} data-t={inside ? inside.t + 1 : undefined} data-of={nSteps}>
        <NetworkDrawing />
        <div className="row row--between row--bottom">
          <Segmented
            label="Colour scale"
            explanation={explanations.scale}
            value={scale}
            options={[
              { value: 'block', title: 'Block' },
              { value: 'level', title: 'Level' },
            ]}
            onChange={(next) => set({ scale: next })}
          />
          <Legend />
        </div>
        {inside && <BlocksTable inside={inside} />}
      </div>
    </Panel>
  );
}

function Legend() {
  return (
    <p className="legend" aria-hidden>
      <LegendKey colour="--line-strong">image</LegendKey>
      <LegendKey colour="--series-3">skip</LegendKey>
      <LegendKey colour="--series-5">time embedding</LegendKey>
      <span className="network-drawing__scale">below 0 … above 0</span>
    </p>
  );
}
