import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { actionOf } from '../../ui/keyboard/actionOf';

interface CurveEditorProps {
  /** ᾱ at 1/n, 2/n … 1 of the way. */
  points: readonly number[];
  /** ᾱ from 0 to 1 of the way, at even distances. */
  curve: readonly number[];
  onMove: (index: number, alphaBar: number) => void;
}

const steps = { up: 0.01, down: -0.01, farUp: 0.1, farDown: -0.1, lowest: -1, highest: 1 };

/** A falling curve with a handle a point: by pointer, or by arrow keys (a hundredth) and Page keys (a tenth). */
export function CurveEditor({ points, curve, onMove }: CurveEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const path = curve.map(
    (value, i) => `${((100 * i) / (curve.length - 1)).toFixed(2)},${(100 * (1 - value)).toFixed(2)}`,
  );

  function drag(index: number, { clientY }: PointerEvent) {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds) onMove(index, 1 - (clientY - bounds.top) / bounds.height);
  }

  function press(index: number, event: KeyboardEvent) {
    const action = actionOf('curveEditor', event);
    if (action === null) return;
    const next = Math.min(1, Math.max(0, (points[index] as number) + steps[action]));
    event.preventDefault();
    onMove(index, next);
  }

  return (
    <div ref={box} className="curve-editor">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
        <path className="curve-editor__area" d={`M0,100L${path.join('L')}L100,100Z`} />
        <path className="curve-editor__line" d={`M${path.join('L')}`} />
      </svg>
      {points.map((value, index) => {
        const u = (index + 1) / points.length;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place on the way.
            key={index}
            className="curve-editor__point"
            style={{ left: `${100 * u}%`, top: `${100 * (1 - value)}%` }}
            role="slider"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={`Image left after ${Math.round(100 * u)} % of the steps`}
            aria-valuemin={0}
            aria-valuemax={1}
            aria-valuenow={value}
            aria-valuetext={`ᾱ = ${value.toFixed(3)}`}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) =>
              event.currentTarget.hasPointerCapture(event.pointerId) && drag(index, event)
            }
            onKeyDown={(event) => press(index, event)}
          />
        );
      })}
    </div>
  );
}
