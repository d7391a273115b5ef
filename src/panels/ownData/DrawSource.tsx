import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { imageBytes } from '../../engine/data/imageBytes';
import { useCollection } from '../../store/ownData/useCollection';
import { amended, changed, historyOf, redone, undone } from '../../store/undoHistory';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { Segmented } from '../../ui/controls/Segmented';
import { formatSigned } from '../../ui/formatQuantity';
import { BrushChoice } from '../../ui/pixelPainter/BrushChoice';
import { HistoryButtons } from '../../ui/pixelPainter/HistoryButtons';
import { InkChoice } from '../../ui/pixelPainter/InkChoice';
import { PixelPainter } from '../../ui/pixelPainter/PixelPainter';
import { blankImage, inksFor, painted } from '../../ui/pixelPainter/palette';
import { ClassLabel } from './ClassLabel';

const sizes = ['8', '12', '16', '24', '32'] as const;
const background = (channels: number) => new Array<number>(channels).fill(-1);
const board = (size: number, channels: number) => historyOf(blankImage(size, background(channels)));

/** A board to draw one image after the other on. */
export function DrawSource() {
  const addImages = useCollection((state) => state.addImages);
  const [{ size, channels }, setShape] = useState<{ size: number; channels: 1 | 3 }>({
    size: 12,
    channels: 1,
  });
  const [history, setHistory] = useState(() => board(size, channels));
  const [ink, setInk] = useState<readonly number[] | null>([1]);
  const [brush, setBrush] = useState(1);
  const [label, setLabel] = useState('');

  function change(shape: { size: number; channels: 1 | 3 }) {
    setShape(shape);
    setHistory(board(shape.size, shape.channels));
    setInk(inksFor(shape.channels)[0]?.values ?? null);
    setBrush(1);
  }

  function add() {
    const bitmap = { width: size, height: size, channels, pixels: imageBytes(history.present) };
    void addImages([{ bitmap, className: label.trim() || null }], 'My drawings');
    setHistory(board(size, channels));
  }

  return (
    <div className="stack">
      <div className="add-data__board">
        <PixelPainter
          image={history.present}
          size={size}
          channels={channels}
          label="Drawing"
          wordsOf={(pixel) =>
            [...history.present.subarray(pixel * channels, (pixel + 1) * channels)]
              .map((value) => formatSigned(value, 2))
              .join(', ')
          }
          brush={brush}
          onPaint={(pixels, goesOn) =>
            setHistory((before) => {
              const next = painted(before.present, pixels, ink ?? background(channels));
              return goesOn ? amended(before, next) : changed(before, next);
            })
          }
          onUndo={() => setHistory(undone)}
          onRedo={() => setHistory(redone)}
        />
      </div>
      <div className="stack gap-3">
        <InkChoice channels={channels} ink={ink} onChange={setInk} />
        <div className="row row--bottom">
          <BrushChoice size={size} value={brush} onChange={setBrush} />
          <HistoryButtons
            history={history}
            onUndo={() => setHistory(undone)}
            onRedo={() => setHistory(redone)}
          />
          <IconButton
            label="Clear"
            icon={Trash2}
            onClick={() => setHistory((before) => changed(before, blankImage(size, background(channels))))}
          />
        </div>
        <ClassLabel value={label} onChange={setLabel} />
        <Button variant="primary" icon={Plus} onClick={add}>
          Add the drawing
        </Button>
        <div className="row row--bottom">
          <Segmented
            label="Board, pixels"
            value={String(size) as (typeof sizes)[number]}
            options={sizes.map((value) => ({ value, title: value }))}
            onChange={(value) => change({ size: Number(value), channels })}
          />
          <Segmented
            label="Colours"
            value={channels === 3 ? 'rgb' : 'grey'}
            options={[
              { value: 'grey', title: 'Grey' },
              { value: 'rgb', title: 'RGB' },
            ]}
            onChange={(value) => change({ size, channels: value === 'rgb' ? 3 : 1 })}
          />
        </div>
      </div>
    </div>
  );
}
