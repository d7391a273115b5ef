import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { ImageCanvas } from '../canvasGrid/ImageCanvas';
import { actionOf, directions } from '../keyboard/actionOf';
import { brushCells, type Cell, strokeIndices } from './strokes';
import './PixelPainter.css';

interface PixelPainterProps {
  /** One image HWC, values in [−1, 1]. */
  image: Float32Array;
  size: number;
  channels: number;
  /** One a pixel: what is not 0 is veiled. */
  veil?: Uint8Array;
  /** What is painted on, for screen readers. */
  label: string;
  /** What a pixel holds, in words. */
  wordsOf: (index: number) => string;
  /** Width of the brush, pixels. */
  brush: number;
  /** Pixels painted over, y · size + x each; `goesOn` where they belong to the stroke before. */
  onPaint: (indices: number[], goesOn: boolean) => void;
  onUndo: () => void;
  onRedo: () => void;
}

/** Where the brush goes, and whether it paints on the way. */
const moves = {
  ...directions,
  paintLeft: directions.left,
  paintRight: directions.right,
  paintUp: directions.up,
  paintDown: directions.down,
};

/**
 * An image to paint on, by pointer or by keyboard: arrow keys move the brush, Space or Enter paints, Shift with an arrow
 * key paints on the way; Ctrl+Z and Ctrl+Y take back and bring back.
 */
export function PixelPainter(props: PixelPainterProps) {
  const { image, size, channels, veil, label, wordsOf, brush, onPaint, onUndo, onRedo } = props;
  const id = useId();
  const [cursor, setCursor] = useState<Cell | null>(null);
  /** Only then its place is spoken: a pointer says enough itself. */
  const [byKeyboard, setByKeyboard] = useState(false);
  /** Where the stroke under way has come to. */
  const stroke = useRef<Cell | null>(null);

  function cellAt(event: PointerEvent<HTMLElement>): Cell {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (share: number) => Math.max(0, Math.min(size - 1, Math.floor(share * size)));
    return {
      x: within((event.clientX - box.left) / box.width),
      y: within((event.clientY - box.top) / box.height),
    };
  }

  function paintTo(cell: Cell) {
    const from = stroke.current;
    if (from && from.x === cell.x && from.y === cell.y) return;
    onPaint(strokeIndices(from ?? cell, cell, brush, size), from !== null);
    stroke.current = cell;
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = null;
    const cell = cellAt(event);
    setByKeyboard(false);
    setCursor(cell);
    paintTo(cell);
  }

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const cell = cellAt(event);
    setByKeyboard(false);
    setCursor(cell);
    if (event.currentTarget.hasPointerCapture(event.pointerId) && stroke.current) paintTo(cell);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const action = actionOf('pixelPainter', event);
    if (action === null) return;
    const from = cursor ?? { x: Math.floor(size / 2), y: Math.floor(size / 2) };
    if (action === 'undo') onUndo();
    else if (action === 'redo') onRedo();
    else if (action === 'paint') {
      setCursor(from);
      stroke.current = null;
      paintTo(from);
    } else {
      const [dx, dy] = moves[action];
      const within = (value: number) => Math.max(0, Math.min(size - 1, value));
      const cell = { x: within(from.x + dx), y: within(from.y + dy) };
      setCursor(cell);
      if (action in directions) stroke.current = null;
      else {
        paintTo(stroke.current ?? from);
        paintTo(cell);
      }
    }
    setByKeyboard(true);
    event.preventDefault();
  }

  const index = cursor && cursor.y * size + cursor.x;
  return (
    <div className="pixel-painter">
      <div
        className="pixel-painter__board"
        role="application"
        aria-roledescription="pixel editor"
        aria-label={`${label}, ${size} by ${size} pixels`}
        aria-describedby={`${id}-keys`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it hears keys.
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          stroke.current = null;
        }}
        onPointerLeave={() => setCursor(null)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible'))
            setCursor((before) => before ?? { x: Math.floor(size / 2), y: Math.floor(size / 2) });
        }}
        onKeyDown={onKeyDown}
        onKeyUp={({ key }) => {
          if (key === 'Shift') stroke.current = null;
        }}
        onBlur={() => {
          stroke.current = null;
          setCursor(null);
        }}
      >
        <ImageCanvas image={image} size={size} channels={channels} label="" />
        <svg className="pixel-painter__marks" viewBox={`0 0 ${size} ${size}`} aria-hidden>
          {veil && <path className="pixel-painter__veil" d={squares(indicesOf(veil), size)} />}
          {cursor && (
            <path
              className="pixel-painter__brush"
              d={squares(
                brushCells(cursor, brush, size).map(({ x, y }) => y * size + x),
                size,
              )}
            />
          )}
        </svg>
      </div>
      <p id={`${id}-keys`} className="visually-hidden">
        Arrow keys move the brush, Space paints, Shift with an arrow key paints on the way. Control Z takes
        back, Control Y brings back.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {byKeyboard &&
          cursor &&
          index !== null &&
          `Row ${cursor.y + 1}, column ${cursor.x + 1}: ${wordsOf(index)}`}
      </p>
    </div>
  );
}

function indicesOf(veil: Uint8Array): number[] {
  return Array.from(veil, (value, index) => (value ? index : -1)).filter((index) => index >= 0);
}

function squares(indices: number[], size: number): string {
  return indices.map((index) => `M${index % size} ${Math.floor(index / size)}h1v1h-1z`).join('');
}
