import { useLayoutEffect, useRef } from 'react';
import { type ColourTable, colourAt } from './divergingColours';
import { useDivergingTable } from './useDivergingTable';
import './MapsCanvas.css';

interface MapsCanvasProps {
  /** Feature maps `[count, size, size]`; none while they are computed. */
  maps: Float32Array | null;
  count: number;
  size: number;
  /** The magnitude that the strongest colours stand for. */
  scale: number;
}

/** All feature maps of a block in one small canvas: as many in a row as in a column, a pixel apart. */
export function MapsCanvas({ maps, count, size, scale }: MapsCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useDivergingTable();
  const columns = Math.ceil(Math.sqrt(count));
  const side = columns * (size + 1) - 1;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (!maps) return context.clearRect(0, 0, side, side);
    context.putImageData(new ImageData(atlas(maps, count, size, columns, scale, table), side, side), 0, 0);
  }, [maps, count, size, columns, side, scale, table]);
  return <canvas ref={canvas} className="maps-canvas" width={side} height={side} aria-hidden />;
}

/** RGBA of the maps side by side; between them it is transparent. */
function atlas(
  maps: Float32Array,
  count: number,
  size: number,
  columns: number,
  scale: number,
  table: ColourTable,
): Uint8ClampedArray<ArrayBuffer> {
  const side = columns * (size + 1) - 1;
  const rgba = new Uint8ClampedArray(side * side * 4);
  let source = 0;
  for (let map = 0; map < count; map++) {
    const top = Math.floor(map / columns) * (size + 1);
    const left = (map % columns) * (size + 1);
    for (let row = 0; row < size; row++) {
      let target = ((top + row) * side + left) * 4;
      for (let column = 0; column < size; column++) {
        const at = colourAt(maps[source++] as number, scale);
        for (let k = 0; k < 3; k++) rgba[target + k] = table[at + k] as number;
        rgba[target + 3] = 255;
        target += 4;
      }
    }
  }
  return rgba;
}
