import type { Drawing } from './drawing';
import { kindTitles, shapeText } from './moduleWords';

interface LevelBoxesProps {
  drawing: Drawing;
  /** Whether the blocks of each level end in attention; where not, the place of it is drawn empty. */
  isAttn: readonly boolean[];
}

/** The boxes of the small drawing: each is filled as far as its channels go, of the most that a block has. */
export function LevelBoxes({ drawing: { width, height, boxes, sizes }, isAttn }: LevelBoxesProps) {
  const most = Math.max(...boxes.map(({ module }) => (module.kind === 'time' ? 0 : module.outputs)));
  return (
    <svg className="level-boxes" viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {boxes.map(({ module, x, y }) => {
        const { name, kind, level, outputs } = module;
        const isOff = kind === 'attention' && name !== 'middle.attn' && !isAttn[level];
        const filled = isOff || kind === 'time' ? 0 : (outputs / most) * sizes.boxHeight;
        const box = { x, width: sizes.box, rx: Math.min(kind === 'attention' ? 8 : 2, sizes.box / 2) };
        return (
          <g key={name} data-kind={kind} data-off={isOff || undefined} data-block={name}>
            <title>{`${name}: ${kindTitles[kind]}, ${shapeText(module)}`}</title>
            <clipPath id={`level-box ${name}`}>
              <rect {...box} y={y} height={sizes.boxHeight} />
            </clipPath>
            <rect className="level-boxes__box" {...box} y={y} height={sizes.boxHeight} />
            <rect
              className="level-boxes__channels"
              clipPath={`url("#level-box ${name}")`}
              x={x}
              y={y + sizes.boxHeight - filled}
              width={sizes.box}
              height={filled}
            />
            <rect className="level-boxes__edge" {...box} y={y} height={sizes.boxHeight} />
          </g>
        );
      })}
    </svg>
  );
}
