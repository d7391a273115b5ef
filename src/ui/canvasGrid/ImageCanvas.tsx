import { useLayoutEffect, useRef } from 'react';
import { imagesToRgba } from './images';
import './ImageCanvas.css';

interface ImageCanvasProps {
  /** One image HWC, values in [−1, 1] or bytes; none while it loads. */
  image: Float32Array | Uint8ClampedArray | null;
  size: number;
  channels: number;
  /** What it shows, for screen readers; empty where a button around it says so. */
  label: string;
}

/** One image at the width of its box, each pixel a sharp square. Painted before the browser paints the frame. */
export function ImageCanvas({ image, size, channels, label }: ImageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (!image) return context.clearRect(0, 0, size, size);
    const rgba = imagesToRgba({ images: image, count: 1, size, channels });
    context.putImageData(new ImageData(rgba, size, size), 0, 0);
  }, [image, size, channels]);
  return (
    <canvas
      ref={canvas}
      className="image"
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label || undefined}
      aria-hidden={label === ''}
    />
  );
}
