import { Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { LoadedDataset } from '../../../engine/data/datasets';
import { ImagePicker } from '../../../panels/data/ImagePicker';
import { useCurrentData } from '../../../panels/data/useCurrentData';
import { dataImage, isOf } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { redone, undone } from '../../../store/undoHistory';
import { IconButton } from '../../../ui/controls/IconButton';
import { formatSigned } from '../../../ui/formatQuantity';
import { BrushChoice } from '../../../ui/pixelPainter/BrushChoice';
import { HistoryButtons } from '../../../ui/pixelPainter/HistoryButtons';
import { InkChoice } from '../../../ui/pixelPainter/InkChoice';
import { PixelPainter } from '../../../ui/pixelPainter/PixelPainter';
import { backgroundOf, blankImage, inksFor, painted } from '../../../ui/pixelPainter/palette';
import { changeDrawing, type Drawing, drawingOf, stroke } from '../drawings';

/** The image to start from: chosen, drawn, or both. */
export function DrawingBoard() {
  const data = useCurrentData();
  const drawing = useStore(drawingOf);
  if (!data || !isOf(data, drawing)) return null;
  return <Board data={data} drawing={drawing} />;
}

function Board({ data, drawing }: { data: LoadedDataset; drawing: Drawing }) {
  const { size, channels, history } = drawing;
  const change = (next: Parameters<typeof changeDrawing>[1]) => changeDrawing(useStore.getState(), next);
  const present = () => drawingOf(useStore.getState())?.history.present ?? history.present;
  const background = useMemo(() => backgroundOf(data), [data]);
  const [ink, setInk] = useState<readonly number[] | null>(inksFor(channels)[0]?.values ?? null);
  const [brush, setBrush] = useState(size > 10 ? 2 : 1);
  // Inks of another data set have another number of channels.
  const inUse = ink && ink.length === channels ? ink : ink && (inksFor(channels)[0]?.values ?? null);
  const pick = useCallback(
    (index: number) => changeDrawing(useStore.getState(), stroke(dataImage(data, index), false)),
    [data],
  );
  return (
    <>
      <PixelPainter
        image={history.present}
        size={size}
        channels={channels}
        label="Drawing"
        wordsOf={(pixel) =>
          Array.from(history.present.subarray(pixel * channels, (pixel + 1) * channels), (value) =>
            formatSigned(value, 2),
          ).join(', ')
        }
        brush={brush}
        onPaint={(pixels, goesOn) => change(stroke(painted(present(), pixels, inUse ?? background), goesOn))}
        onUndo={() => change(undone)}
        onRedo={() => change(redone)}
      />
      <div className="painting__tools row row--bottom">
        <InkChoice channels={channels} ink={inUse} onChange={setInk} />
        <BrushChoice size={size} value={brush} onChange={setBrush} />
        <div className="row">
          <HistoryButtons history={history} onUndo={() => change(undone)} onRedo={() => change(redone)} />
          <IconButton
            label="Clear"
            icon={Trash2}
            onClick={() => change(stroke(blankImage(size, background), false))}
          />
        </div>
        <ImagePicker label="Choose an image" selected={-1} onPick={pick} />
      </div>
    </>
  );
}
