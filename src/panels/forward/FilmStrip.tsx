import { type KeyboardEvent, memo, useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { useStore } from '../../store/store';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
import { clampTime } from './clampTime';
import { engineTime } from './noising';
import { type Example, useExample } from './useExample';
import './FilmStrip.css';

interface FilmStripProps {
  diffusion: Diffusion;
  times: number[];
}

/** The example at a row of times with the same noise; the nearest to t is marked, a click jumps. */
export function FilmStrip({ diffusion, times }: FilmStripProps) {
  const example = useExample();
  const near = useStore((state) => nearest(times, clampTime(state.forward, diffusion.nSteps)));
  const setTime = useStore((state) => state.setTime);

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = times[times.indexOf(near) + move];
    if (move === 0 || next === undefined) return;
    event.preventDefault();
    setTime(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-t="${next}"]`)?.focus();
  }

  return (
    <ul className="film-strip" aria-label="Film strip: the example at even steps" onKeyDown={onKeyDown}>
      {times.map((t) => (
        <li key={t}>
          <button
            type="button"
            className="film-strip__frame"
            data-t={t}
            aria-label={`t = ${t}`}
            aria-current={t === near ? 'step' : undefined}
            tabIndex={t === near ? 0 : -1}
            onClick={() => setTime(t)}
          >
            <Frame diffusion={diffusion} example={example} t={t} />
            <span className="film-strip__time">{t}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const Frame = memo(function Frame({
  diffusion,
  example,
  t,
}: {
  diffusion: Diffusion;
  example: Example | null;
  t: number;
}) {
  const picture = useMemo(
    () => example && qSample(diffusion, example.x0, engineTime(t), example.noise),
    [diffusion, example, t],
  );
  return (
    <PictureCanvas picture={picture} size={example?.size ?? 8} channels={example?.channels ?? 1} label="" />
  );
});

function nearest(times: number[], t: number): number {
  return times.reduce((best, time) => (Math.abs(time - t) < Math.abs(best - t) ? time : best));
}
