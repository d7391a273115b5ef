import { Trash2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { dataPicture, isOf } from '../../../store/editing';
import type { Drawing } from '../../../store/pictureToPictureSlice';
import { useStore } from '../../../store/store';
import { IconButton } from '../../../ui/controls/IconButton';
import { BrushChoice } from '../../../ui/pixelPainter/BrushChoice';
import { HistoryButtons } from '../../../ui/pixelPainter/HistoryButtons';
import { InkChoice } from '../../../ui/pixelPainter/InkChoice';
import { PixelPainter } from '../../../ui/pixelPainter/PixelPainter';
import { backgroundOf, blankPicture, inksFor, painted } from '../../../ui/pixelPainter/palette';
import type { DatasetMessage } from '../../../worker/protocol';
import { PicturePicker } from '../../data/PicturePicker';
import { useCurrentData } from '../../data/useCurrentData';

/** The picture to start from: chosen, drawn, or both. */
export function DrawingBoard() {
  const data = useCurrentData();
  const drawing = useStore((state) => state.pictureToPicture.drawing);
  const openDrawing = useStore((state) => state.openDrawing);
  useEffect(() => {
    if (!data || isOf(data, drawing)) return;
    const { id, imageSize, channels } = data;
    openDrawing(dataPicture(data, firstExample), { dataset: id, size: imageSize, channels });
  }, [data, drawing, openDrawing]);
  if (!data || !isOf(data, drawing)) return null;
  return <Board data={data} drawing={drawing} />;
}

/** Of the data set: what is there on arrival, to be drawn on. */
const firstExample = 3;

function Board({ data, drawing }: { data: DatasetMessage; drawing: Drawing }) {
  const { size, channels, history } = drawing;
  const { changeDrawing, undoDrawing, redoDrawing } = useStore.getState();
  const background = useMemo(() => backgroundOf(data), [data]);
  const [ink, setInk] = useState<readonly number[] | null>(inksFor(channels)[0]?.values ?? null);
  const [brush, setBrush] = useState(size > 10 ? 2 : 1);
  // Inks of another data set have another number of channels.
  const inUse = ink && ink.length === channels ? ink : ink && (inksFor(channels)[0]?.values ?? null);
  const pick = useCallback((index: number) => changeDrawing(dataPicture(data, index)), [data, changeDrawing]);
  return (
    <>
      <PixelPainter
        picture={history.present}
        size={size}
        channels={channels}
        label="Drawing"
        wordsOf={(pixel) =>
          Array.from(history.present.subarray(pixel * channels, (pixel + 1) * channels), (value) =>
            value.toFixed(2),
          ).join(', ')
        }
        brush={brush}
        onPaint={(pixels, goesOn) =>
          changeDrawing(
            painted(
              useStore.getState().pictureToPicture.drawing?.history.present ?? history.present,
              pixels,
              inUse ?? background,
            ),
            goesOn,
          )
        }
        onUndo={undoDrawing}
        onRedo={redoDrawing}
      />
      <div className="desk-tools">
        <InkChoice channels={channels} ink={inUse} onChange={setInk} />
        <BrushChoice size={size} value={brush} onChange={setBrush} />
        <div className="desk-tools__buttons">
          <HistoryButtons history={history} onUndo={undoDrawing} onRedo={redoDrawing} />
          <IconButton
            label="Clear"
            icon={<Trash2 size={16} aria-hidden />}
            onClick={() => changeDrawing(blankPicture(size, background))}
          />
        </div>
        <PicturePicker label="Choose a picture" selected={-1} onPick={pick} />
      </div>
    </>
  );
}
