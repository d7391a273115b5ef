import { modulesOf } from '../../../engine/unet/modules';
import { kindTitles, shapeText } from '../../../panels/network/moduleWords';
import { Panel } from '../../../ui/controls/Panel';
import { useChosenConfig } from '../model/useChosenModel';
import { useInside, useNetworkSettings } from '../useInside';
import { Channels } from './Channels';
import { Kernels } from './Kernels';
import { TimeShift } from './TimeShift';
import { WorkedPixel } from './WorkedPixel';
import './block.css';

/** The opened block: its channels large, what the time adds, its kernels, and one value of it worked through. */
export function BlockPanel() {
  const { block } = useNetworkSettings();
  const config = useChosenConfig();
  const inside = useInside();
  const module = modulesOf(config).find(({ name }) => name === block);
  const detail = inside?.detail?.block === block ? inside.detail : null;
  return (
    <Panel
      id="block"
      title={`Block ${block}`}
      lead={module ? `${kindTitles[module.kind]}: ${shapeText(module)} channels × pixels.` : ''}
    >
      <div className="network-block" data-block={detail?.block} data-channel={detail?.channel}>
        {inside && module && <Channels inside={inside} module={module} />}
        {inside && detail && (
          <div className="stack">
            <WorkedPixel inside={inside} detail={detail} />
            {detail.timeShift && <TimeShift {...detail.timeShift} channel={detail.channel} />}
            <Kernels detail={detail} />
          </div>
        )}
        {!inside && <p className="empty">The block is shown once the model has run.</p>}
      </div>
    </Panel>
  );
}
