import { useLayoutEffect, useRef } from 'react';
import { colourAt, largestMagnitude } from './divergingColours';
import { useDivergingTable } from './useDivergingTable';
import './MapsCanvas.css';

interface MapOverlayProps {
  /** `[size, size]`; none while it is computed. */
  values: Float32Array | null;
  size: number;
}

/** Values over an image: the larger a value, the more of the image it covers, in the colour of its sign. */
export function MapOverlay({ values, size }: MapOverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useDivergingTable();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (!values) return context.clearRect(0, 0, size, size);
    const largest = largestMagnitude(values);
    const rgba = new Uint8ClampedArray(4 * size * size);
    for (let i = 0; i < size * size; i++) {
      const value = values[i] as number;
      const at = colourAt(Math.sign(value), 1);
      for (let k = 0; k < 3; k++) rgba[4 * i + k] = table[at + k] as number;
      rgba[4 * i + 3] = largest > 0 ? (230 * Math.abs(value)) / largest : 0;
    }
    context.putImageData(new ImageData(rgba, size, size), 0, 0);
  }, [values, size, table]);
  return <canvas ref={canvas} className="map-overlay" width={size} height={size} aria-hidden />;
}
