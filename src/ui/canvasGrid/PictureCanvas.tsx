import { useLayoutEffect, useRef } from 'react';
import { picturesToRgba } from './pictures';
import './PictureCanvas.css';

interface PictureCanvasProps {
  /** One picture HWC, values in [−1, 1] or bytes; none while it loads. */
  picture: Float32Array | Uint8ClampedArray | null;
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
    if (!context) return;
    if (!picture) return context.clearRect(0, 0, size, size);
    const rgba = picturesToRgba({ pictures: picture, count: 1, size, channels });
    context.putImageData(new ImageData(rgba, size, size), 0, 0);
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
