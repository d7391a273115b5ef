import { ChevronLeft, ChevronRight, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { LabelledImages } from '../../engine/data/import/buildImages';
import { useCollection } from '../../store/ownData/useCollection';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';

const columns = 8;
const pageSize = 3 * columns;

/** What was collected, as the model would see it: a page of images, one of which can be taken out. */
export function CollectedImages({ built }: { built: LabelledImages }) {
  const removeImage = useCollection((state) => state.removeImage);
  const [page, setPage] = useState(0);
  const [selected, setSelected] = useState<number | null>(null);
  const { levels, labels, count, imageSize, channels, classNames } = built;
  const pages = Math.ceil(count / pageSize);
  const shownPage = Math.min(page, pages - 1);
  const first = shownPage * pageSize;
  const shown = Math.min(pageSize, count - first);
  const images = useMemo(() => {
    const length = imageSize ** 2 * channels;
    return Uint8ClampedArray.from(levels.subarray(first * length, (first + shown) * length));
  }, [levels, imageSize, channels, first, shown]);
  const nameOf = useCallback(
    (position: number) =>
      `${classNames[labels[first + position] as number]}, image ${(first + position + 1).toLocaleString('en')}`,
    [classNames, labels, first],
  );
  const select = useCallback((position: number) => setSelected(first + position), [first]);
  return (
    <div className="stack gap-2">
      <ImageGrid
        images={images}
        count={shown}
        size={imageSize}
        channels={channels}
        columns={columns}
        label="Collected images"
        selected={selected === null ? -1 : selected - first}
        nameOf={nameOf}
        onSelect={select}
      />
      <div className="row">
        <p className="note" aria-live="polite">
          {count.toLocaleString('en')} {count === 1 ? 'image' : 'images'}
          {pages > 1 && `, ${(first + 1).toLocaleString('en')}–${(first + shown).toLocaleString('en')}`}
        </p>
        <Button
          className="push"
          icon={Trash2}
          disabled={selected === null || selected >= count}
          onClick={() => {
            if (selected !== null) void removeImage(selected);
            setSelected(null);
          }}
        >
          Take out
        </Button>
        {pages > 1 && (
          <div className="row">
            <IconButton
              label="Previous page"
              icon={ChevronLeft}
              disabled={shownPage === 0}
              onClick={() => setPage(shownPage - 1)}
            />
            <IconButton
              label="Next page"
              icon={ChevronRight}
              disabled={shownPage === pages - 1}
              onClick={() => setPage(shownPage + 1)}
            />
          </div>
        )}
      </div>
    </div>
  );
}
