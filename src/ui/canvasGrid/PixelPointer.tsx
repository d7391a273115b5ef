import type { CSSProperties, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { actionOf, directions } from '../keyboard/actionOf';
import './PixelPointer.css';

/** A pixel of an image, from the top left. */
export interface Pixel {
  row: number;
  column: number;
}

interface PixelPointerProps {
  /** Height and width of the image, pixels. */
  size: number;
  /** What it shows. */
  label: string;
  pixel: Pixel;
  onPixel: (pixel: Pixel) => void;
  /** The image, as wide as the box, and what lies over it. */
  children: ReactNode;
}

/** An image whose pixels are pointed at, or walked through with the arrow keys; the chosen one is framed. */
export function PixelPointer({ size, label, pixel, onPixel, children }: PixelPointerProps) {
  function point({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const at = (share: number) => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    const next = { row: at((clientY - top) / height), column: at((clientX - left) / width) };
    if (next.row !== pixel.row || next.column !== pixel.column) onPixel(next);
  }

  function walk(event: KeyboardEvent<HTMLElement>) {
    const action = actionOf('pixelImage', event);
    if (action === null) return;
    const [dx, dy] = directions[action];
    event.preventDefault();
    const within = (value: number) => Math.min(size - 1, Math.max(0, value));
    onPixel({ row: within(pixel.row + dy), column: within(pixel.column + dx) });
  }

  const place = { '--row': pixel.row, '--column': pixel.column, '--size': size } as CSSProperties;
  return (
    <div
      className="pixel-pointer"
      role="application"
      aria-roledescription="image with pixels to read"
      aria-label={`${label}; pixel in row ${pixel.row + 1}, column ${pixel.column + 1}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the pixels.
      tabIndex={0}
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={walk}
    >
      {children}
      <span className="pixel-pointer__frame" style={place} aria-hidden />
    </div>
  );
}
