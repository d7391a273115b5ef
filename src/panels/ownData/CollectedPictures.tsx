import { ChevronLeft, ChevronRight, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { BuiltPictures } from '../../engine/data/import/buildDataset';
import { useCollection } from '../../store/ownData/useCollection';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { classCounts } from '../data/examples';

const columns = 8;
const pageSize = 4 * columns;

/** What was collected, as the model would see it: a page of pictures, one of which can be taken out, and the classes. */
export function CollectedPictures({ built }: { built: BuiltPictures }) {
  const removePicture = useCollection((state) => state.removePicture);
  const [page, setPage] = useState(0);
  const [selected, setSelected] = useState<number | null>(null);
  const { levels, labels, count, imageSize, channels, classNames } = built;
  const pages = Math.ceil(count / pageSize);
  const shownPage = Math.min(page, pages - 1);
  const first = shownPage * pageSize;
  const shown = Math.min(pageSize, count - first);
  const pictures = useMemo(() => {
    const length = imageSize ** 2 * channels;
    return Uint8ClampedArray.from(levels.subarray(first * length, (first + shown) * length));
  }, [levels, imageSize, channels, first, shown]);
  const nameOf = useCallback(
    (position: number) =>
      `${classNames[labels[first + position] as number]}, picture ${(first + position + 1).toLocaleString('en')}`,
    [classNames, labels, first],
  );
  const select = useCallback((position: number) => setSelected(first + position), [first]);
  return (
    <div className="collected">
      <PictureGrid
        pictures={pictures}
        count={shown}
        size={imageSize}
        channels={channels}
        columns={columns}
        label="Collected pictures"
        selected={selected === null ? -1 : selected - first}
        nameOf={nameOf}
        onSelect={select}
      />
      <div className="collected__bar">
        <p className="field__note" aria-live="polite">
          {count.toLocaleString('en')} {count === 1 ? 'picture' : 'pictures'}
          {pages > 1 && `, ${(first + 1).toLocaleString('en')}–${(first + shown).toLocaleString('en')}`}
        </p>
        <Button
          icon={<Trash2 size={16} aria-hidden />}
          disabled={selected === null || selected >= count}
          onClick={() => {
            if (selected !== null) void removePicture(selected);
            setSelected(null);
          }}
        >
          Take out
        </Button>
        {pages > 1 && (
          <>
            <IconButton
              label="Page before"
              icon={<ChevronLeft size={16} aria-hidden />}
              disabled={shownPage === 0}
              onClick={() => setPage(shownPage - 1)}
            />
            <IconButton
              label="Next page"
              icon={<ChevronRight size={16} aria-hidden />}
              disabled={shownPage === pages - 1}
              onClick={() => setPage(shownPage + 1)}
            />
          </>
        )}
      </div>
      <Classes built={built} />
    </div>
  );
}

function Classes({ built: { labels, classNames } }: { built: BuiltPictures }) {
  const counts = useMemo(() => classCounts(labels, classNames.length), [labels, classNames]);
  if (classNames.length < 2) {
    return <p className="field__note">No classes: put pictures into folders, one a class, to have some.</p>;
  }
  return (
    <ul className="collected__classes" aria-label="Classes">
      {classNames.map((name, label) => (
        <li key={name}>
          {name} <span className="collected__count">{counts[label]?.toLocaleString('en')}</span>
        </li>
      ))}
    </ul>
  );
}
