import { type CSSProperties, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { gridLayout } from './gridLayout';
import { ImageChoices } from './ImageChoices';
import type { Images } from './images';
import { paintGrid } from './paintGrid';
import { useDeviceWidth } from './useDeviceWidth';
import './ImageGrid.css';

interface ImageGridProps extends Images {
  /** How many in a row, or how many for a width in CSS pixels. */
  columns: number | ((width: number) => number);
  /** What the grid shows, for screen readers. */
  label: string;
  /** Index of the chosen image; −1 for none. */
  selected?: number;
  /** Makes every image a choice, by pointer and keyboard. */
  onSelect?: (index: number) => void;
  /** Name of an image for screen readers; its number where there is none. */
  nameOf?: (index: number) => string;
  /** What stands over each column; screen readers have it from nameOf. */
  columnNames?: readonly string[];
}

/** Many images in one canvas as wide as its box, sharp at any zoom, drawn before the browser paints the frame. */
export function ImageGrid(props: ImageGridProps) {
  const { images, count, size, channels, columns, label, selected = -1, onSelect, nameOf } = props;
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
    paintGrid(canvas.current, scratch.current, { images, count, size, channels }, layout);
  }, [images, count, size, channels, layout]);

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
    <div className="image-grid-box">
      {layout && columnNames.length === layout.columns && (
        <ol
          className="image-grid__names"
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
      <div ref={frame} className="image-grid">
        <canvas
          ref={canvas}
          className="image-grid__canvas"
          style={layout ? { width: inCss(layout.width), height: inCss(layout.height) } : undefined}
          role={onSelect ? undefined : 'img'}
          aria-label={onSelect ? undefined : label}
          aria-hidden={onSelect ? true : undefined}
        />
        {onSelect && layout && measures && (
          <ImageChoices
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
