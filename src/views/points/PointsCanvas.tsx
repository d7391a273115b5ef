import { useLayoutEffect, useMemo, useRef } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { useValues } from '../../panels/settings/useSettings';
import { useDeviceWidth } from '../../ui/canvasGrid/useDeviceWidth';
import { formatSigned } from '../../ui/formatQuantity';
import { useTheme } from '../../ui/theme';
import { useReducedMotion } from '../../ui/useReducedMotion';
import { shownVectors } from './arrows';
import {
  type Plane,
  paintArrows,
  paintAxes,
  paintCursor,
  paintDensity,
  paintDots,
  paintPaths,
} from './paint';
import { pointsGroup } from './settings';
import { shownPaths } from './state';
import { usePoints } from './usePoints';
import { usePointsDrawing } from './usePointsDrawing';

const EXTENT = 3;
/** How far back in t a tail reaches, as a share of T. */
const TAIL_SHARE = 0.1;

/** The plane: density, data, field and the points on their way, at the t of the slider. */
export function PointsCanvas() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const measured = useDeviceWidth(canvas);
  const theme = useTheme();
  const still = useReducedMotion();
  const values = useValues(pointsGroup);
  const drawing = values.set === 'drawn';
  const { stroke, cursor, handlers } = usePointsDrawing(drawing);
  const { nSteps, schedule, drawn, shown, quantity } = values;
  const time = Math.min(values.time, nSteps);
  const field = usePoints((state) => state.field);
  const opened = usePoints((state) => state.opened);
  const paths = usePoints((state) => shownPaths(state, values));
  const diffusion = useMemo(() => createDiffusion(schedule, nSteps), [schedule, nSteps]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !measured) return;
    const request = requestAnimationFrame(() => {
      const { width: size, ratio } = measured;
      if (element.width !== size) element.width = element.height = size;
      const style = getComputedStyle(element);
      const color = (token: string) => style.getPropertyValue(token);
      const plane: Plane = { context, size, extent: EXTENT, ratio, color };
      context.clearRect(0, 0, size, size);
      paintAxes(plane);
      if (field) paintDensity(plane, field.density);
      if (field) paintArrows(plane, shownVectors(field, shown, quantity, diffusion, EXTENT), shown, quantity);
      paintDots(plane, drawing ? drawn : (opened?.points ?? drawn), '--signal', drawing ? 2.4 : 1.6);
      if (stroke) paintDots(plane, Float32Array.from(stroke), '--signal', 2.4);
      if (paths && opened) paintPaths(plane, paths, time - 1, still ? 0 : TAIL_SHARE * nSteps);
      if (cursor) paintCursor(plane, cursor);
    });
    return () => cancelAnimationFrame(request);
  }, [
    measured,
    theme,
    still,
    drawing,
    stroke,
    cursor,
    field,
    opened,
    drawn,
    paths,
    time,
    shown,
    quantity,
    diffusion,
    nSteps,
  ]);

  const t = Math.round(time);
  return (
    <canvas
      ref={canvas}
      className="points-canvas"
      data-drawing={drawing}
      role={drawing ? 'application' : 'img'}
      tabIndex={drawing ? 0 : undefined}
      aria-label={
        drawing
          ? `The plane, to draw on: ${drawn.length / 2} points. Arrow keys move the cross${
              cursor ? `, now at ${formatSigned(cursor[0], 1)}, ${formatSigned(cursor[1], 1)}` : ''
            }, Enter sets a point, Backspace takes the last one back.`
          : `The plane at t = ${t} of ${nSteps}: density of the noised data, the ${shown} field, and points on their way.`
      }
      {...handlers}
    />
  );
}
