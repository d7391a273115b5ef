import { Contrast, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { dataPicture, isOf } from '../../../store/editing';
import type { Masked } from '../../../store/inpaintingSlice';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { IconButton } from '../../../ui/controls/IconButton';
import { Segmented } from '../../../ui/controls/Segmented';
import { BrushChoice } from '../../../ui/pixelPainter/BrushChoice';
import { HistoryButtons } from '../../../ui/pixelPainter/HistoryButtons';
import { PixelPainter } from '../../../ui/pixelPainter/PixelPainter';
import type { DatasetMessage } from '../../../worker/protocol';
import { PicturePicker } from '../../data/PicturePicker';
import { useCurrentData } from '../../data/useCurrentData';
import { inverted, lowerHalf, withPixels } from './holes';

const tools = [
  { value: 'hole', title: 'Draw anew' },
  { value: 'keep', title: 'Keep' },
] as const;

/** Of the data set: what is there on arrival. */
const firstExample = 8;

/** The picture, and the hole that is painted over it. */
export function MaskBoard() {
  const data = useCurrentData();
  const masked = useStore((state) => state.inpainting.masked);
  const openMasked = useStore((state) => state.openMasked);
  useEffect(() => {
    if (!data) return;
    const known = isOf(data, masked);
    if (known && masked.picture.length > 0) return;
    const { id, imageSize: size, channels } = data;
    const example = (known ? masked.example : null) ?? firstExample;
    openMasked(dataPicture(data, example), { dataset: id, size, channels, example }, lowerHalf(size));
  }, [data, masked, openMasked]);
  if (!data || !isOf(data, masked) || masked.picture.length === 0) return null;
  return <Board data={data} masked={masked} />;
}

function Board({ data, masked }: { data: DatasetMessage; masked: Masked }) {
  const { size, channels, picture, hole } = masked;
  const { openMasked, changeHole, undoHole, redoHole } = useStore.getState();
  const drawing = useStore((state) => state.pictureToPicture.drawing);
  const [tool, setTool] = useState<(typeof tools)[number]['value']>('hole');
  const [brush, setBrush] = useState(size > 10 ? 3 : 1);
  const open = useCallback(
    (next: Float32Array, example: number | null) =>
      openMasked(next, { dataset: data.id, size, channels, example }, lowerHalf(size)),
    [data, size, channels, openMasked],
  );
  const pick = useCallback((index: number) => open(dataPicture(data, index), index), [data, open]);
  return (
    <>
      <PixelPainter
        picture={picture}
        size={size}
        channels={channels}
        veil={hole.present}
        label="Mask"
        wordsOf={(pixel) => (hole.present[pixel] ? 'drawn anew' : 'kept')}
        brush={brush}
        onPaint={(pixels, goesOn) =>
          changeHole(
            withPixels(
              useStore.getState().inpainting.masked?.hole.present ?? hole.present,
              pixels,
              tool === 'hole',
            ),
            goesOn,
          )
        }
        onUndo={undoHole}
        onRedo={redoHole}
      />
      <div className="desk-tools">
        <Segmented
          label="Paint over to"
          explanation={<p>What the brush does to a pixel: give it to the model to fill in, or keep it.</p>}
          value={tool}
          options={tools}
          onChange={setTool}
        />
        <BrushChoice size={size} value={brush} onChange={setBrush} />
        <div className="desk-tools__buttons">
          <HistoryButtons history={hole} onUndo={undoHole} onRedo={redoHole} />
          <IconButton
            label="Invert the mask"
            icon={<Contrast size={16} aria-hidden />}
            onClick={() => changeHole(inverted(hole.present))}
          />
          <IconButton
            label="Clear the mask"
            icon={<Trash2 size={16} aria-hidden />}
            onClick={() => changeHole(new Uint8Array(size * size))}
          />
        </div>
        <PicturePicker label="Choose another picture" selected={-1} onPick={pick} />
        <Button
          disabled={drawing?.dataset !== data.id}
          onClick={() => drawing && open(drawing.history.present, null)}
        >
          Take the drawing
        </Button>
      </div>
    </>
  );
}
