import { type CSSProperties, type KeyboardEvent, useMemo, useRef } from 'react';
import type { UNetModule } from '../../../engine/unet/modules';
import { DrawingLines } from '../../../panels/network/DrawingLines';
import { type Box, drawingOf, type Edge, fittingBox } from '../../../panels/network/drawing';
import { kindTitles, shapeText } from '../../../panels/network/moduleWords';
import type { Patch } from '../../../settings/path';
import { useStore } from '../../../store/store';
import { useDeviceWidth } from '../../../ui/canvasGrid/useDeviceWidth';
import { actionOf } from '../../../ui/keyboard/actionOf';
import { MapsCanvas } from '../../../ui/maps/MapsCanvas';
import { isOff } from '../broken/changeList';
import { useChosenConfig } from '../model/useChosenModel';
import { type NetworkSettings, networkGroup } from '../settings';
import { useInside, useNetworkSettings } from '../useInside';
import { mapScales } from './mapScales';
import './NetworkDrawing.css';

const GAP = 22;
const LABEL = 36;
/** Narrower, and the drawing scrolls. */
const LEAST_BOX = 62;
const MOST_BOX = 132;

/** The network as a U, with the maps of every block as the image goes through. A box opens its block. */
export function NetworkDrawing() {
  const config = useChosenConfig();
  const inside = useInside();
  const { block, scale, changes } = useNetworkSettings();
  const frame = useRef<HTMLDivElement>(null);
  const width = useDeviceWidth(frame);
  const drawing = useMemo(() => {
    const room = width ? width.width / width.ratio : 0;
    const fitting = Math.floor(fittingBox(config, room, GAP));
    const box = Math.max(LEAST_BOX, Math.min(MOST_BOX, fitting));
    return drawingOf(config, { box, boxHeight: box + LABEL, gap: GAP, stackGap: 12, arc: 9 });
  }, [config, width]);
  const scales = useMemo(
    () => (inside ? mapScales(config, inside.outputs, scale) : new Map<string, number>()),
    [config, inside, scale],
  );
  const offLine = ({ kind, from, to }: Edge) => {
    if (kind === 'skip') return isOff(changes, `${to}.skip`);
    if (kind === 'time') return isOff(changes, from) || isOff(changes, `${to}.time_emb`);
    return false;
  };
  return (
    <div ref={frame} className="network-drawing scrolls">
      {width && (
        <div
          className="network-drawing__sheet"
          role="toolbar"
          aria-label="Blocks of the network"
          style={
            {
              width: drawing.width,
              height: drawing.height,
              '--box': `${drawing.sizes.box}px`,
            } as CSSProperties
          }
          onKeyDown={walk}
        >
          <DrawingLines drawing={drawing} isOff={offLine} />
          {drawing.boxes.map((box) => (
            <BlockBox
              key={box.module.name}
              {...box}
              maps={inside?.outputs.get(box.module.name)?.data ?? null}
              scale={scales.get(box.module.name) ?? 0}
              opened={box.module.name === block}
              off={box.module.kind === 'attention' && isOff(changes, `${box.module.name}.output`)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface BlockBoxProps extends Box {
  maps: Float32Array | null;
  scale: number;
  opened: boolean;
  off: boolean;
}

function BlockBox({ module, x, y, maps, scale, opened, off }: BlockBoxProps) {
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  const { name, kind, outputs, size } = module;
  const place = { left: x, top: y };
  const canvas = <MapsCanvas maps={maps} count={outputs} size={size} scale={scale} />;
  const label = (
    <span className="block-box__label">
      <b>{name}</b>
      <span>{shapeText(module)}</span>
    </span>
  );
  // The time embedding has no pixels to open.
  if (kind === 'time') {
    return (
      <div className="block-box" style={place} data-kind={kind} data-block={name}>
        {canvas}
        {label}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="block-box"
      style={place}
      data-kind={kind}
      data-block={name}
      data-off={off || undefined}
      aria-pressed={opened}
      tabIndex={opened ? 0 : -1}
      aria-label={nameOf(module, off)}
      onClick={() => set({ block: name })}
    >
      {canvas}
      {label}
    </button>
  );
}

function nameOf(module: UNetModule, off: boolean): string {
  return `${module.name}: ${kindTitles[module.kind]}, ${shapeText(module)}${off ? ', switched off' : ''}`;
}

/** Arrow keys move from block to block as they run. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const action = actionOf('networkDrawing', event);
  if (action === null) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { before: at - 1, after: at + 1, first: 0, last: buttons.length - 1 }[action];
  buttons[to]?.focus();
}
