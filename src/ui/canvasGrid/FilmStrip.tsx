import { type KeyboardEvent, memo } from 'react';
import { actionOf } from '../keyboard/actionOf';
import { ImageCanvas } from './ImageCanvas';
import type { Images } from './images';
import './FilmStrip.css';

export interface FilmFrame {
  /** What a click leads to; unique. */
  at: number;
  /** For screen readers. */
  name: string;
  caption: string;
  /** None for a frame that is not there yet. */
  image: Images['images'] | null;
}

interface FilmStripProps {
  label: string;
  frames: FilmFrame[];
  /** The `at` of the marked frame. */
  current: number | null;
  size: number;
  channels: number;
  onPick: (at: number) => void;
}

/**
 * One image at a row of times: a click jumps there, arrow keys go from frame to frame. Inside `.film-scale`, which
 * knows the number of frames, a slider below can run from the middle of the first to the middle of the last.
 */
export const FilmStrip = memo(function FilmStrip(props: FilmStripProps) {
  const { label, frames, current, size, channels, onPick } = props;
  const entry = frames.some(({ at }) => at === current) ? current : frames[0]?.at;

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const action = actionOf('filmStrip', event);
    const move = action === null ? 0 : { before: -1, after: 1 }[action];
    const next = frames[frames.findIndex(({ at }) => at === entry) + move];
    if (move === 0 || !next?.image) return;
    event.preventDefault();
    onPick(next.at);
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next.at}"]`)?.focus();
  }

  return (
    <ul className="film-strip" aria-label={label} onKeyDown={onKeyDown}>
      {frames.map(({ at, name, caption, image }) => (
        <li key={at}>
          <button
            type="button"
            className="film-strip__frame"
            data-at={at}
            aria-label={name}
            aria-current={at === current ? 'step' : undefined}
            tabIndex={at === entry ? 0 : -1}
            disabled={!image}
            onClick={() => onPick(at)}
          >
            <ImageCanvas image={image} size={size} channels={channels} label="" />
            <span className="film-strip__caption">{caption}</span>
          </button>
        </li>
      ))}
    </ul>
  );
});

/** The frame nearest to a place. */
export function nearestFrame(places: readonly number[], to: number): number {
  return places.reduce((best, place) => (Math.abs(place - to) < Math.abs(best - to) ? place : best));
}
