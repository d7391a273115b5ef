import { AttentionPanel } from './AttentionPanel';
import { BlockPanel } from './block/BlockPanel';
import { BrokenPanel } from './broken/BrokenPanel';
import { DrawingPanel } from './drawing/DrawingPanel';
import { GradientPanel } from './GradientPanel';
import { HealthPanel } from './health/HealthPanel';
import { NetworkHeadPanel } from './NetworkHeadPanel';
import { useLooking } from './useInside';
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
    </div>
  );
}
