import { useLayoutEffect, useRef } from 'react';
import { pictureToRgba } from './pictureToRgba';
import './PictureCanvas.css';

interface PictureCanvasProps {
  /** One picture HWC in [−1, 1]; none while it loads. */
  picture: Float32Array | null;
  size: number;
  channels: number;
  /** What it shows, for screen readers; empty where a button around it says so. */
  label: string;
}

/** One picture at the width of its box, each pixel a sharp square. Painted before the browser paints the frame. */
export function PictureCanvas({ picture, size, channels, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture) return;
    context.putImageData(new ImageData(pictureToRgba(picture, channels), size, size), 0, 0);
  }, [picture, size, channels]);
  return (
    <canvas
      ref={canvas}
      className="picture"
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label || undefined}
      aria-hidden={label === ''}
    />
  );
}
