import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { actionOf } from '../../ui/keyboard/actionOf';
import { planeExtent as EXTENT } from './drawnPoints';
import { pointsGroup } from './settings';
import { pointsStore } from './usePoints';

/** Between two points of a stroke, in the units of the plane. */
const SPACING = 0.09;

type Place = readonly [number, number];

const drawnPoints = () => valuesOf(useStore.getState(), pointsGroup).drawn;

const [step, far] = [0.1, 0.5];
/** How far the cross goes, y upwards. */
const moves = {
  left: [-step, 0],
  right: [step, 0],
  up: [0, step],
  down: [0, -step],
  farLeft: [-far, 0],
  farRight: [far, 0],
  farUp: [0, far],
  farDown: [0, -far],
} as const;

/** Drawing by pointer (strokes) and by keyboard (a cross that arrows move, Enter sets a point, Backspace takes one back). */
export function usePointsDrawing(active: boolean) {
  const [stroke, setStroke] = useState<number[] | null>(null);
  const [cursor, setCursor] = useState<Place | null>(null);

  const placeOf = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>): Place => {
    const box = currentTarget.getBoundingClientRect();
    return [
      (((clientX - box.left) / box.width) * 2 - 1) * EXTENT,
      (1 - ((clientY - box.top) / box.height) * 2) * EXTENT,
    ];
  };
  const commit = (points: ArrayLike<number>) => void pointsStore.getState().draw(Float32Array.from(points));

  return {
    stroke,
    cursor: active ? cursor : null,
    handlers: active
      ? {
          onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
            event.currentTarget.setPointerCapture(event.pointerId);
            setCursor(null);
            setStroke([...placeOf(event)]);
          },
          onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
            if (!stroke) return;
            const [x, y] = placeOf(event);
            const [a, b] = stroke.slice(-2) as [number, number];
            const steps = Math.floor(Math.hypot(x - a, y - b) / SPACING);
            if (steps === 0) return;
            const between = Array.from({ length: steps }, (_, i) => [
              a + ((x - a) * (i + 1)) / steps,
              b + ((y - b) * (i + 1)) / steps,
            ]);
            setStroke([...stroke, ...between.flat()]);
          },
          onPointerUp() {
            if (stroke) commit([...drawnPoints(), ...stroke]);
            setStroke(null);
          },
          onPointerCancel() {
            setStroke(null);
          },
          onKeyDown(event: KeyboardEvent<HTMLCanvasElement>) {
            const drawn = drawnPoints();
            const [x, y] = cursor ?? [0, 0];
            const action = actionOf('pointsPlane', event);
            if (action === null) return;
            if (action === 'take') commit(drawn.slice(0, -2));
            else if (action === 'set') {
              setCursor([x, y]);
              commit([...drawn, x, y]);
            } else {
              const [dx, dy] = moves[action];
              const bounded = (value: number) => Math.max(-EXTENT, Math.min(EXTENT, value));
              setCursor([bounded(x + dx), bounded(y + dy)]);
            }
            event.preventDefault();
          },
        }
      : {},
  };
}
