import { type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { StepHealth } from '../../../engine/network/healthMonitor';
import { colourAt } from '../../../ui/maps/divergingColours';
import { useDivergingTable } from '../../../ui/maps/useDivergingTable';
import { blocksOfRows, type HealthQuantity, heatMap } from './healthRows';

interface HeatStripProps {
  history: readonly StepHealth[];
  layers: readonly string[];
  quantity: HealthQuantity;
}

/** Height of a layer's row, CSS pixels. */
const ROW = 7;

/** One quantity of every layer over the steps: a row a layer, a column a measurement. */
export function HeatStrip({ history, layers, quantity }: HeatStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useDivergingTable();
  const [pointed, setPointed] = useState<{ row: number; column: number } | null>(null);
  const [rows, columns] = [layers.length, history.length];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || columns === 0) return;
    const map = heatMap(history, quantity);
    const rgba = new Uint8ClampedArray(4 * map.length);
    map.forEach((value, i) => {
      const at = colourAt(value, 1);
      rgba.set([table[at] as number, table[at + 1] as number, table[at + 2] as number, 255], 4 * i);
    });
    context.putImageData(new ImageData(rgba, columns, rows), 0, 0);
  }, [history, quantity, rows, columns, table]);
  const blocks = useMemo(() => blocksOfRows(layers), [layers]);

  function point({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const within = (share: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    setPointed({
      row: within((clientY - top) / height, rows),
      column: within((clientX - left) / width, columns),
    });
  }

  const shown = pointed && pointed.column < columns ? pointed : null;
  const measured = history[shown?.column ?? columns - 1];
  return (
    <div className="heat-strip">
      <ol className="heat-strip__blocks" aria-hidden>
        {blocks.map(({ block, count }) => (
          <li key={block} style={{ height: count * ROW }}>
            {count > 1 && block}
          </li>
        ))}
      </ol>
      <canvas
        ref={canvas}
        className="heat-strip__canvas"
        width={columns}
        height={rows}
        style={{ height: rows * ROW }}
        role="img"
        aria-label={`${quantity.title} of ${rows} layers over ${columns} measured steps`}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      />
      <p className="heat-strip__reading note">
        {shown && measured
          ? `${layers[shown.row]} at step ${measured.step.toLocaleString('en')}: ${quantity.format(quantity.of(measured.layers[shown.row] as StepHealth['layers'][number]))}`
          : 'Point at a layer to read its value.'}
      </p>
    </div>
  );
}
