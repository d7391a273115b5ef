import { useLayoutEffect, useRef } from 'react';
import type { Bitmap } from '../../engine/data/import/pixels';

interface BitmapCanvasProps {
  bitmap: Bitmap;
  /** What it shows, for screen readers. */
  label: string;
}

/** An image of any proportions, as wide as its box. */
export function BitmapCanvas({ bitmap, label }: BitmapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = bitmap;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgbaOf(bitmap), width, height), 0, 0);
  }, [bitmap, width, height]);
  return (
    <canvas ref={canvas} className="bitmap" width={width} height={height} role="img" aria-label={label} />
  );
}

function rgbaOf({ width, height, channels, pixels }: Bitmap): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < Math.max(3, channels); channel++)
      rgba[4 * i + channel] = pixels[i * channels + (channels === 1 ? 0 : channel)] as number;
  return rgba;
}
