import { ArrowRight } from 'lucide-react';
import { type PointerEvent, useMemo, useRef } from 'react';
import { type CropWindow, croppedRectangle, movedWindow } from '../../engine/data/import/crop';
import type { Bitmap } from '../../engine/data/import/pixels';
import { resample } from '../../engine/data/import/resample';
import { useCollection } from '../../store/ownData/useCollection';
import { ImageCanvas } from '../../ui/canvasGrid/ImageCanvas';
import { BitmapCanvas } from './BitmapCanvas';

interface CropPreviewProps {
  onMove: (window: CropWindow) => void;
}

/** The first images, each with a frame around what is taken of it, and what the model will see of that. */
export function CropPreview({ onMove }: CropPreviewProps) {
  const { examples } = useCollection((state) => state.found);
  return (
    <ul className="images" aria-label="The first images, before and after">
      {examples.map((bitmap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: images have no other name than their place.
        <Pair key={index} bitmap={bitmap} name={`Image ${index + 1}`} onMove={onMove} />
      ))}
    </ul>
  );
}

function Pair({ bitmap, name, onMove }: CropPreviewProps & { bitmap: Bitmap; name: string }) {
  const { crop } = useCollection((state) => state.appearance);
  const { imageSize, channels } = useCollection((state) => state.shape);
  const after = useMemo(
    () => Uint8ClampedArray.from(resample(bitmap, { imageSize, channels }, crop)),
    [bitmap, imageSize, channels, crop],
  );
  return (
    <li className="crop-pair">
      <div className="crop-pair__box">
        <div
          className="crop-pair__whole"
          style={{
            width: `${100 * Math.min(1, bitmap.width / bitmap.height)}%`,
            aspectRatio: `${bitmap.width} / ${bitmap.height}`,
          }}
        >
          <BitmapCanvas bitmap={bitmap} label={`${name}, whole`} />
          <Frame bitmap={bitmap} onMove={onMove} />
        </div>
      </div>
      <ArrowRight size={16} aria-hidden />
      <ImageCanvas image={after} size={imageSize} channels={channels} label={`${name}, cropped`} />
    </li>
  );
}

/** Around what is taken; a window can be dragged, or moved by the sliders above. */
function Frame({ bitmap: { width, height }, onMove }: CropPreviewProps & { bitmap: Bitmap }) {
  const { crop } = useCollection((state) => state.appearance);
  const drag = useRef<{ window: CropWindow; x: number; y: number; scale: number } | null>(null);
  const { left, top, ...size } = croppedRectangle(crop, width, height);
  const [from, above] = [Math.max(0, left), Math.max(0, top)];
  const percent = (pixels: number, all: number) => `${(100 * pixels) / all}%`;

  function take(event: PointerEvent<HTMLDivElement>) {
    if (typeof crop === 'string') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const shown = event.currentTarget.parentElement?.clientWidth ?? width;
    drag.current = { window: crop, x: event.clientX, y: event.clientY, scale: width / shown };
  }
  function move(event: PointerEvent) {
    if (!drag.current) return;
    const { window, x, y, scale } = drag.current;
    const by = [scale * (event.clientX - x), scale * (event.clientY - y)] as const;
    onMove(movedWindow(window, by, width, height));
  }
  function leave() {
    drag.current = null;
  }

  return (
    <div
      className="crop-pair__frame"
      data-movable={typeof crop !== 'string'}
      style={{
        left: percent(from, width),
        top: percent(above, height),
        width: percent(Math.min(size.width, width), width),
        height: percent(Math.min(size.height, height), height),
      }}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={leave}
      onPointerCancel={leave}
    />
  );
}
