import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
import { actionOf, directions } from '../../ui/keyboard/actionOf';

/** A pixel of all pictures, from the top left. */
export interface Pixel {
  row: number;
  column: number;
}

interface PixelPictureProps {
  picture: Float32Array | null;
  size: number;
  channels: number;
  /** What it shows. */
  label: string;
  pixel: Pixel;
  onPixel: (pixel: Pixel) => void;
}

/** A picture whose pixels are pointed at, or walked through with the arrow keys; the chosen one is framed. */
export function PixelPicture({ picture, size, channels, label, pixel, onPixel }: PixelPictureProps) {
  function point({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const at = (share: number) => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    const next = { row: at((clientY - top) / height), column: at((clientX - left) / width) };
    if (next.row !== pixel.row || next.column !== pixel.column) onPixel(next);
  }

  function walk(event: KeyboardEvent<HTMLElement>) {
    const action = actionOf('pixelPicture', event);
    if (action === null) return;
    const [dx, dy] = directions[action];
    event.preventDefault();
    const within = (value: number) => Math.min(size - 1, Math.max(0, value));
    onPixel({ row: within(pixel.row + dy), column: within(pixel.column + dx) });
  }

  const place = { '--row': pixel.row, '--column': pixel.column, '--size': size } as CSSProperties;
  return (
    <div
      className="pixel-picture"
      role="application"
      aria-roledescription="picture with pixels to read"
      aria-label={`${label}; pixel in row ${pixel.row + 1}, column ${pixel.column + 1}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the pixels.
      tabIndex={0}
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={walk}
    >
      <PictureCanvas picture={picture} size={size} channels={channels} label="" />
      <span className="pixel-picture__frame" style={place} aria-hidden />
    </div>
  );
}
