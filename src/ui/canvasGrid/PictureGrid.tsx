import { type CSSProperties, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { gridLayout } from './gridLayout';
import { PictureChoices } from './PictureChoices';
import { paintGrid } from './paintGrid';
import type { Pictures } from './pictures';
import { useDeviceWidth } from './useDeviceWidth';
import './PictureGrid.css';

interface PictureGridProps extends Pictures {
  /** How many in a row, or how many for a width in CSS pixels. */
  columns: number | ((width: number) => number);
  /** What the grid shows, for screen readers. */
  label: string;
  /** Index of the chosen picture; −1 for none. */
  selected?: number;
  /** Makes every picture a choice, by pointer and keyboard. */
  onSelect?: (index: number) => void;
  /** Name of a picture for screen readers; its number where there is none. */
  nameOf?: (index: number) => string;
  /** What stands over each column; screen readers have it from nameOf. */
  columnNames?: readonly string[];
}

/** Many pictures in one canvas as wide as its box, sharp at any zoom, drawn before the browser paints the frame. */
export function PictureGrid(props: PictureGridProps) {
  const { pictures, count, size, channels, columns, label, selected = -1, onSelect, nameOf } = props;
  const { columnNames = [] } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scratch = useRef<HTMLCanvasElement>(null);
  const box = useDeviceWidth(frame);
  const layout = useMemo(() => {
    if (!box || box.width === 0) return null;
    const width = box.width / box.ratio;
    const inRow = typeof columns === 'number' ? columns : columns(width);
    const leastGap = Math.round((width / inRow >= 32 ? 4 : 2) * box.ratio);
    return gridLayout(box.width, inRow, count, size, leastGap);
  }, [box, columns, count, size]);

  useLayoutEffect(() => {
    if (!canvas.current || !layout) return;
    scratch.current ??= document.createElement('canvas');
    paintGrid(canvas.current, scratch.current, { pictures, count, size, channels }, layout);
  }, [pictures, count, size, channels, layout]);

  const ratio = box?.ratio ?? 1;
  const inCss = useCallback((devicePixels: number) => `${devicePixels / ratio}px`, [ratio]);
  const measures: CSSProperties | undefined = useMemo(() => {
    if (!layout) return undefined;
    return {
      width: inCss(layout.width),
      gridTemplateColumns: `repeat(${layout.columns}, ${inCss(layout.side)})`,
      gridAutoRows: inCss(layout.side),
      rowGap: inCss(layout.gap),
    };
  }, [layout, inCss]);
  return (
    <div className="picture-grid-box">
      {layout && columnNames.length === layout.columns && (
        <ol
          className="picture-grid__names"
          aria-hidden
          style={{
            width: inCss(layout.width),
            gridTemplateColumns: `repeat(${layout.columns}, ${inCss(layout.side)})`,
          }}
          data-long={columnNames.some((name) => name.length > 2)}
        >
          {columnNames.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ol>
      )}
      <div ref={frame} className="picture-grid">
        <canvas
          ref={canvas}
          className="picture-grid__canvas"
          style={layout ? { width: inCss(layout.width), height: inCss(layout.height) } : undefined}
          role={onSelect ? undefined : 'img'}
          aria-label={onSelect ? undefined : label}
          aria-hidden={onSelect ? true : undefined}
        />
        {onSelect && layout && measures && (
          <PictureChoices
            count={count}
            columns={layout.columns}
            label={label}
            selected={selected}
            onSelect={onSelect}
            nameOf={nameOf}
            measures={measures}
          />
        )}
      </div>
    </div>
  );
}
