import { Contrast, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { LoadedDataset } from '../../../engine/data/datasets';
import { ImagePicker } from '../../../panels/data/ImagePicker';
import { useCurrentData } from '../../../panels/data/useCurrentData';
import { dataImage, isOf } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { redone, undone } from '../../../store/undoHistory';
import { Button } from '../../../ui/controls/Button';
import { IconButton } from '../../../ui/controls/IconButton';
import { Segmented } from '../../../ui/controls/Segmented';
import { BrushChoice } from '../../../ui/pixelPainter/BrushChoice';
import { HistoryButtons } from '../../../ui/pixelPainter/HistoryButtons';
import { PixelPainter } from '../../../ui/pixelPainter/PixelPainter';
import { changeHole, changeMaskedImage, drawingOf, type Masked, maskedOf, stroke } from '../drawings';
import { inverted, withPixels } from './holes';

const tools = [
  { value: 'hole', title: 'Fill in' },
  { value: 'keep', title: 'Keep' },
] as const;

/** The image, and the hole that is painted over it. */
export function MaskBoard() {
  const data = useCurrentData();
  const masked = useStore(maskedOf);
  if (!data || !isOf(data, masked) || masked.image.length === 0) return null;
  return <Board data={data} masked={masked} />;
}

function Board({ data, masked }: { data: LoadedDataset; masked: Masked }) {
  const { size, channels, image, hole } = masked;
  const change = (next: Parameters<typeof changeHole>[1]) => changeHole(useStore.getState(), next);
  const present = () => maskedOf(useStore.getState())?.hole.present ?? hole.present;
  const drawing = useStore(drawingOf);
  const [tool, setTool] = useState<(typeof tools)[number]['value']>('hole');
  const [brush, setBrush] = useState(size > 10 ? 3 : 1);
  const open = (next: Float32Array, example: number | null) =>
    changeMaskedImage(useStore.getState(), next, example);
  const pick = useCallback(
    (index: number) => changeMaskedImage(useStore.getState(), dataImage(data, index), index),
    [data],
  );
  return (
    <>
      <PixelPainter
        image={image}
        size={size}
        channels={channels}
        veil={hole.present}
        label="Mask"
        wordsOf={(pixel) => (hole.present[pixel] ? 'drawn anew' : 'kept')}
        brush={brush}
        onPaint={(pixels, goesOn) => change(stroke(withPixels(present(), pixels, tool === 'hole'), goesOn))}
        onUndo={() => change(undone)}
        onRedo={() => change(redone)}
      />
      <div className="painting__tools row row--bottom">
        <Segmented
          label="Paint over to"
          explanation={<p>What the brush does to a pixel: give it to the model to fill in, or keep it.</p>}
          value={tool}
          options={tools}
          onChange={setTool}
        />
        <BrushChoice size={size} value={brush} onChange={setBrush} />
        <div className="row">
          <HistoryButtons history={hole} onUndo={() => change(undone)} onRedo={() => change(redone)} />
          <IconButton
            label="Invert the mask"
            icon={Contrast}
            onClick={() => change(stroke(inverted(hole.present), false))}
          />
          <IconButton
            label="Clear the mask"
            icon={Trash2}
            onClick={() => change(stroke<Uint8Array>(new Uint8Array(size * size), false))}
          />
        </div>
        <ImagePicker label="Choose another image" selected={-1} onPick={pick} />
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
