import { type CSSProperties, type KeyboardEvent, memo, useState } from 'react';
import { actionOf } from '../keyboard/actionOf';
import { moveInGrid } from './moveInGrid';

interface ImageChoicesProps {
  count: number;
  columns: number;
  label: string;
  selected: number;
  onSelect: (index: number) => void;
  nameOf: ((index: number) => string) | undefined;
  /** Rows and columns of the grid, those of the canvas below. */
  measures: CSSProperties;
}

/** A list box over the canvas, an option an image: one tab stop, arrow keys move, Enter or Space choose. */
export const ImageChoices = memo(function ImageChoices(props: ImageChoicesProps) {
  const { count, columns, label, selected, onSelect, nameOf, measures } = props;
  const [visited, setVisited] = useState<number | null>(null);
  const entry = Math.min(visited ?? Math.max(selected, 0), count - 1);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const action = actionOf('imageGrid', event);
    if (action === null) return;
    event.preventDefault();
    if (action === 'choose') return onSelect(entry);
    (event.currentTarget.children[moveInGrid(action, entry, columns, count)] as HTMLElement).focus();
  }

  return (
    <div
      className="image-grid__choices"
      role="listbox"
      tabIndex={-1}
      aria-label={label}
      style={measures}
      onKeyDown={onKeyDown}
      onBlur={() => setVisited(null)}
    >
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around hears the keys of all its options.
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place.
          key={index}
          className="image-grid__choice"
          role="option"
          aria-selected={index === selected}
          aria-label={nameOf?.(index) ?? `Image ${index + 1}`}
          tabIndex={index === entry ? 0 : -1}
          onFocus={() => setVisited(index)}
          onClick={() => onSelect(index)}
        />
      ))}
    </div>
  );
});
